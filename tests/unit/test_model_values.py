"""Values that come from files: dates as EDTF, and records from plain data."""

from time import perf_counter

import pytest

from tui.errors import RecordError
from tui.model.edtf import is_edtf
from tui.model.plain import MAX_ITEMS, from_plain
from tui.model.records import Plain

CLAIM: dict[str, Plain] = {"span": [0, 1], "exact": "A", "created": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    "text",
    [
        "2023",
        "2023-06",
        "2023-06-19",
        "202X",
        "20XX-06",
        "2023-XX-19",
        "2023-06~",
        "2023-22",
        "2023-06-19T23:59",
        "2023-06-19T08:47:10Z",
        "2023-06-19T08:47+05:30",
        "2021/..",
        "../2021",
        "2021/",
        "2021/2023-06",
        "2023-06/2023",
        "2023-24/2024-01-10",
        "202X/2021",
        "0000-02-29",
    ],
)
def test_dates_and_intervals_are_read(text: str) -> None:
    assert is_edtf(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Monday",
        "2023-13",
        "2023-02-30",
        "2023-22-01",
        "2023-06-19T99:99",
        "2023-06-19T24:00",
        "2023-06-19T08:47:60",
        "2023-06-19T08:47+99:99",
        "2023/2021",
        "2023-06-19/2023-06-18",
        "../..",
        "/",
        "/..",
        "2021/x",
        "2021/2022/2023",
        "２０２３-06",
    ],
)
def test_what_is_no_date_is_not(text: str) -> None:
    assert not is_edtf(text)


@pytest.mark.parametrize("key", ["tags", "said_by", "conflicts"])
def test_a_claim_with_a_flood_of_values_is_refused_at_once(key: str) -> None:
    start = perf_counter()
    with pytest.raises(RecordError, match=f"at most {MAX_ITEMS} are read here, not 40000"):
        from_plain("claims", "c" + "1" * 12, CLAIM | {key: [f"t{number}" for number in range(40_000)]}, "ada")
    assert perf_counter() - start < 1


def test_a_link_with_a_flood_of_ends_is_refused_and_one_with_many_is_read() -> None:
    for number in (MAX_ITEMS, MAX_ITEMS + 1):
        ends: list[Plain] = [{"claim": f"c{end:012}"} for end in range(number)]
        plain: dict[str, Plain] = {"claims": ends, "created": "2026-01-01T00:00:00Z"}
        if number > MAX_ITEMS:
            with pytest.raises(RecordError, match=f"claims: at most {MAX_ITEMS}"):
                from_plain("duplicates", "d" + "1" * 12, plain, "ada")
        else:
            from_plain("duplicates", "d" + "1" * 12, plain, "ada")


def test_a_tag_given_twice_is_refused() -> None:
    with pytest.raises(RecordError, match=r"tags\.2: “fact” stands here twice"):
        from_plain("claims", "c" + "1" * 12, CLAIM | {"tags": ["fact", "quote", "fact"]}, "ada")
