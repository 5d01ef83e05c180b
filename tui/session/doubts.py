"""What doesn't fit together in one's own records, as files written by hand can bring it.

All of it is kept as it stands. What is wrong is said here in a sentence, and by `check` with file and line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from tui.characters import clipped
from tui.config.values import Config
from tui.model.records import Claim, Contradiction, DuplicateGroup, Record
from tui.text.numbers import agreeing, counted

_NAMED = 3
"""Names that a sentence repeats."""
_CHECK = "variorum check names the lines"


def doubts_about(records: Iterable[Record], config: Config) -> list[str]:
    """A sentence for each sort of thing that is wrong with one annotator's records."""
    return list(_doubts(tuple(records), config))


def _doubts(records: tuple[Record, ...], config: Config) -> Iterator[str]:
    claims = {record.id for record in records if isinstance(record, Claim)}
    links = [record for record in records if isinstance(record, Contradiction | DuplicateGroup)]
    if loose := sum(not claims.issuperset(link.claims) for link in links):
        yield (
            f"{counted(loose, 'link')} of yours {agreeing(loose, 'names', 'name')} a claim that is not there, and "
            f"{agreeing(loose, 'is', 'are')} kept as {agreeing(loose, 'it stands', 'they stand')}: {_CHECK}"
        )
    tags = {tag.name for tag in config.tags}
    named = ((record, set(record.tags) - tags) for record in records if isinstance(record, Claim))
    yield from _unknown(named, "claim", "a tag that the codebook doesn't have")
    kinds = {kind.name for kind in config.kinds}
    named_kinds = ((link, set(link.kinds) - kinds) for link in links if isinstance(link, Contradiction))
    yield from _unknown(named_kinds, "contradiction", "a kind that config.yaml doesn't have")


def _unknown(named: Iterable[tuple[Record, set[str]]], what: str, lacking: str) -> Iterator[str]:
    some = [names for _, names in named if names]
    if not some:
        return
    names = [clipped(name, 30) for name, _ in Counter(name for names in some for name in sorted(names)).most_common()]
    more = [f"and {len(names) - _NAMED} more"] if len(names) > _NAMED else []
    yield (
        f"{counted(len(some), what)} of yours {agreeing(len(some), 'has', 'have')} {lacking} "
        f"({', '.join([*names[:_NAMED], *more])}), kept as it stands: {_CHECK}"
    )
