"""What of a list of records was adopted from a colleague: it is not independent of what it was taken from."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from tui.annotator import owner_of
from tui.model.records import Claim, Contradiction, Link
from tui.session.adopting import filled


def key(record: Claim | Link) -> str:
    """What others call a record by."""
    return f"{owner_of(record.annotator)}/{record.id}"


class Adopted:
    """Which records are copies, of what, and which of them say just what the original says.

    A link does not say where it is from: it is a copy where all of its ends are, of those of one link.
    """

    def __init__(
        self,
        claims: Iterable[Claim],
        links: Iterable[Link],
        ends_of: Callable[[Link], tuple[Claim, ...]],
        is_remarked: Callable[[Claim | Link], bool],
    ) -> None:
        """`is_remarked`: whether something is to be said of the copy itself, which then has to stand there."""
        self._ends_of = ends_of
        self._claims = {key(claim): claim for claim in claims}
        self._unchanged: dict[str, str] = {}
        """Copies that say just what the original says, which is there too, by what they are called."""
        for claim in self._claims.values():
            original = self._claims.get(claim.from_ or "")
            if original is not None and original is not claim and not is_remarked(claim) and _same(claim, original):
                self._unchanged[key(claim)] = key(original)
        self._of_link: dict[str, str] = {}
        every = list(links)
        by_ends = {(type(link), frozenset(map(key, ends_of(link)))): link for link in reversed(every)}
        for link in every:
            ends = ends_of(link)
            from_ = frozenset(end.from_ for end in ends if end.from_ is not None)
            link_of = by_ends.get((type(link), from_)) if len(from_) == len(ends) == len(link.claims) else None
            if link_of is not None and link_of is not link:
                self._of_link[key(link)] = key(link_of)
                if not is_remarked(link) and _said(link) == _said(link_of):
                    self._unchanged[key(link)] = key(link_of)
        self._by: dict[str, dict[str, None]] = {}
        """Who adopted a record as it is."""
        for copy in self._unchanged:
            if (root := self._root(copy)) != copy:
                self._by.setdefault(root, {})[copy.partition("/")[0]] = None

    def is_folded(self, record: Claim | Link) -> bool:
        """Whether the record stands in the list already, as that which it was adopted from."""
        return self._root(key(record)) != key(record)

    def words(self, record: Claim | Link) -> list[str]:
        """What is to be said of a record that is not folded."""
        words = []
        if isinstance(record, Claim):
            if record.from_ is not None:
                words.append(f"adopted from {record.from_}, not independent")
        elif (link := self._of_link.get(key(record))) is not None:
            words.append(f"adopted from {link}, not independent")
        elif whose := dict.fromkeys(end.from_.partition("/")[0] for end in self._ends_of(record) if end.from_):
            words.append(f"with claims adopted from {', '.join(whose)}")
        if by := self._by.get(key(record)):
            words.append(f"adopted by {', '.join(by)}")
        return words

    def _root(self, name: str) -> str:
        """The first of the records that were adopted from each other; of those in a circle, each is its own."""
        seen = {name}
        now = name
        while (next_ := self._unchanged.get(now)) is not None:
            if next_ in seen:
                return name
            seen.add(next_)
            now = next_
        return now


def _same(copy: Claim, claim: Claim) -> bool:
    said = filled(copy, claim)
    is_of_same_words = (copy.article, copy.exact) == (claim.article, claim.exact)
    is_as_it_was = replace(copy, tags=said.tags) == said and set(copy.tags) == set(said.tags)
    return is_of_same_words and is_as_it_was and not copy.conflicts and not copy.extra


def _said(link: Link) -> tuple[object, ...]:
    more = (link.status, frozenset(link.kinds)) if isinstance(link, Contradiction) else ()
    return (link.gist, link.memo, *more)
