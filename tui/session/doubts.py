"""What doesn't fit together in one's own records, as files written by hand can bring it.

All of it is kept as it stands. What is wrong is said here in a sentence, and by `check` with file and line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from tui.characters import clipped
from tui.config.reader import nearest
from tui.config.values import Config
from tui.model.plain import KINDS, KNOWN_KEYS
from tui.model.records import ArticleNote, Claim, Contradiction, DuplicateGroup, Link, Record
from tui.text.numbers import agreeing, counted

_NAMED = 3
"""Names that a sentence repeats."""
_LOOKED_AT = 100
"""Keys that are compared with those there are: it takes its time."""
_CHECK = "variorum check names the lines"


def doubts_about(records: Iterable[Record], config: Config) -> list[str]:
    """A sentence for each sort of thing that is wrong with one annotator's records."""
    return list(_doubts(records, config))


def _doubts(records: Iterable[Record], config: Config) -> Iterator[str]:
    tags, kinds = {tag.name for tag in config.tags}, {kind.name for kind in config.kinds}
    claims: set[str] = set()
    links: list[Link] = []
    tagged: list[set[str]] = []
    said: list[set[str]] = []
    extra: list[Record] = []
    for record in records:  # there may be a hundred thousand, and nearly all are in order
        if isinstance(record, Claim):
            claims.add(record.id)
            if not tags.issuperset(record.tags):
                tagged.append(set(record.tags) - tags)
        elif isinstance(record, Contradiction | DuplicateGroup):
            links.append(record)
            if isinstance(record, Contradiction) and not kinds.issuperset(record.kinds):
                said.append(set(record.kinds) - kinds)
        if not isinstance(record, ArticleNote) and record.extra:
            extra.append(record)
    if loose := sum(not claims.issuperset(link.claims) for link in links):
        yield (
            f"{counted(loose, 'link')} of yours {agreeing(loose, 'names', 'name')} a claim that is not there, and "
            f"{agreeing(loose, 'is', 'are')} kept as {agreeing(loose, 'it stands', 'they stand')}: {_CHECK}"
        )
    yield from _unknown(tagged, "claim", "a tag that the codebook doesn't have")
    yield from _unknown(said, "contradiction", "a kind that config.yaml doesn't have")
    yield from _misspelled(extra)


def _misspelled(records: Iterable[Record]) -> Iterator[str]:
    """Of keys that are nearly one there is; others may be those of a later version."""
    keys = {
        (KINDS[type(record)], key): None
        for record in records
        if not isinstance(record, ArticleNote)
        for key in record.extra
    }
    slips = [clipped(key, 30) for kind, key in islice(keys, _LOOKED_AT) if nearest(key, KNOWN_KEYS[kind])]
    if slips:
        named = ", ".join(dict.fromkeys(slips[:_NAMED]))
        yield f"your YAML has keys that seem misspelled ({named}), which say nothing and are kept: {_CHECK}"


def _unknown(some: list[set[str]], what: str, lacking: str) -> Iterator[str]:
    if not some:
        return
    names = [clipped(name, 30) for name, _ in Counter(name for names in some for name in sorted(names)).most_common()]
    more = [f"and {len(names) - _NAMED} more"] if len(names) > _NAMED else []
    yield (
        f"{counted(len(some), what)} of yours {agreeing(len(some), 'has', 'have')} {lacking} "
        f"({', '.join([*names[:_NAMED], *more])}), kept as it stands: {_CHECK}"
    )
