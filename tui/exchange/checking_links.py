"""What `check` says of contradictions and groups by themselves: kinds, claims in two groups, what can't be both."""

from collections.abc import Collection, Iterator, Mapping

from tui.characters import clipped
from tui.config.reader import nearest
from tui.exchange.annotation_files import LinksFile

Path = tuple[str | int, ...]


def link_findings(file: LinksFile, kinds: Collection[str]) -> Iterator[tuple[Path, bool, str, str]]:
    """Of one annotator's links: where in the file, whether it is an error, a word for programs, a sentence. `kinds` are
    those of contradictions that config.yaml has."""
    for contradiction in file.contradictions:
        for number, kind in enumerate(contradiction.kinds):
            if kind not in kinds:
                sentence = f"there is no kind of contradiction “{clipped(kind)}”{nearest(kind, kinds)}"
                yield ("contradictions", contradiction.id, "kinds", number), True, "kind", sentence
    group_of: dict[str, str] = {}
    for group in file.duplicates:
        for number, claim in enumerate(group.claims):
            if (other := group_of.setdefault(claim, group.id)) != group.id:
                sentence = f"{claim} is in the group {other} already, and a claim can be in one only: join the two"
                yield ("duplicates", group.id, "claims", number), True, "groups", sentence
    yield from _inconsistencies(file, group_of)


def _inconsistencies(file: LinksFile, group_of: Mapping[str, str]) -> Iterator[tuple[Path, bool, str, str]]:
    """Claims that state the same thing can't contradict each other."""
    for contradiction in file.contradictions:
        seen: set[str] = set()
        for number, claim in enumerate(contradiction.claims):
            group = group_of.get(claim)
            if group in seen:
                sentence = f"two ends of {contradiction.id} are in the duplicate group {group}: one can't be right"
                yield ("contradictions", contradiction.id, "between", number), False, "inconsistent", sentence
            elif group is not None:
                seen.add(group)
