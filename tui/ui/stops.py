"""What J and K step through in an article: each claim by the place where it is seen, and after it its links."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice

from tui.annotator import owner_of
from tui.session.session import Session
from tui.ui.open_claims import sight_of
from tui.ui.reading import Ref, ref_to


class Stops:
    """Claims are put in order once; links are asked for only where one steps."""

    def __init__(self, session: Session, article: str, *, colleagues: bool) -> None:
        self._session = session
        places = [(claim.span, claim) for claim in session.claims_in(article, colleagues=colleagues)]
        for placed in session.views.open_in(article, colleagues=colleagues):
            if placed.is_orphan:
                places.append((sight_of(session, placed), placed.now))
        places.sort(key=lambda place: (place[0].start, place[0].end))
        self._starts = [span.start for span, _ in places]
        self._claims = [claim for _, claim in places]
        # A link that is on a branch only may be of a claim that is not.
        self._positions = {(owner_of(claim.annotator), claim.id): at for at, claim in enumerate(self._claims)}

    def __bool__(self) -> bool:
        return bool(self._claims)

    def step(self, current: Ref | None, offset: int, by: int) -> Ref | None:
        """The stop so many further (back, if negative) than this record, or, if it is none of the stops, than the
        place in the text that one is at; the last or first where there are not as many; None where there is none."""
        position = None
        if current is not None:
            position = self._positions.get((owner_of(current.annotator), current.at or current.id))
        here = self._of(position) if position is not None else []
        if position is not None and current in here:
            at = here.index(current)
            ahead, behind = chain(here[at + 1 :], self._from(position + 1)), chain(here[:at][::-1], self._to(position))
        else:
            first = bisect_left(self._starts, offset)
            ahead, behind = chain(self._from(first)), chain(self._to(first))
        further = deque(islice(ahead if by > 0 else behind, abs(by)), maxlen=1)
        return further[0] if further else None

    def _from(self, position: int) -> Iterator[Ref]:
        for one in range(position, len(self._claims)):
            yield from self._of(one)

    def _to(self, position: int) -> Iterator[Ref]:
        """What comes before, the last first."""
        for one in reversed(range(position)):
            yield from reversed(self._of(one))

    def _of(self, position: int) -> list[Ref]:
        claim = self._claims[position]
        return [ref_to(claim), *(ref_to(link, claim) for link in self._session.links_of(claim))]
