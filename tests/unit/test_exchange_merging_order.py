"""The order of what is a set by meaning makes no difference, in conflicts either."""

from tui.exchange.merging_fields import merge_plain
from tui.model.records import Plain

CREATED = "2026-11-21T20:00:00Z"


def test_merging_again_adds_no_conflict_where_the_file_has_the_ends_in_another_order() -> None:
    first, second, third = ("c00000000000a", "c00000000000b", "c00000000000c")
    base: dict[str, Plain] = {"claims": [second, third], "created": CREATED}
    ours: dict[str, Plain] = {"claims": [second, third, first], "created": CREATED}
    merged = merge_plain("duplicates", base, ours, None).plain
    assert merged is not None
    entries = merged["conflicts"]
    assert isinstance(entries, list)
    assert len(entries) == 1
    written: dict[str, Plain] = {**merged, "claims": [first, second, third]}
    again = merge_plain("duplicates", base, written, None)
    assert again.plain == written
    assert not again.is_fresh
