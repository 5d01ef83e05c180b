"""What the Reader's keys act on: found at the cursor, or asked for with a picker near it."""

from collections.abc import Callable, Iterable

from textual.geometry import Offset

from tui.errors import RefusedError
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link
from tui.model.span import Span
from tui.session.gestures import End
from tui.ui.screens.reader_base import ReaderBase
from tui.ui.widgets.picker import Choice


class Acting(ReaderBase):
    """Finding the claim, span or record that a key means."""

    def with_end(self, use: Callable[[End], None], what: str, *, past_link: bool = False) -> None:
        """Find what a key acts on and use it: the selection, the current claim (or the one that the current link is
        looked at from, unless `past_link`), the statement's only claim, else the statement; where several could be
        meant, ask."""
        column, session = self.column, self.session
        article = column.article.id
        record = self.record_of(self.current)
        if column.selection is not None:
            use(session.end_of(article, column.selection))
        elif isinstance(record, Claim):
            use(session.end_of(article, column.statement, claim=record))
        elif record is not None and self.current is not None and self.current.at is not None and not past_link:
            claim = session.index_of(record.annotator).claim(self.current.at)
            use(session.end_of(article, column.statement, claim=claim))
        else:
            own = session.claims_at(article, column.statement)
            exact = next((claim for claim in own if claim.span == column.statement), None)
            if len(own) <= 1 or exact is not None:
                use(session.end_of(article, column.statement, claim=exact or (own[0] if own else None)))
            else:
                whole = Choice("", "the whole statement", detail="a claim of its own")
                ends = {claim.id: session.end_of(article, claim.span, claim=claim) for claim in own}
                ends[""] = session.end_of(article, column.statement)
                self.choose(
                    what, [*map(self._claim_choice, own), whole], lambda value, _stay: self.try_to(use, ends[value])
                )

    def with_claim(self, use: Callable[[End], None], what: str) -> None:
        """As `with_end`, but the current claim comes before a selection: the key edits what is current."""
        record = self.record_of(self.current)
        if isinstance(record, Claim):
            self.refuse_foreign(record)
            use(self.session.end_of(record.article, self.column.statement, claim=record))
        else:
            self.with_end(use, what)

    def with_record(self, use: Callable[[Claim | Link], None], what: str, kinds: tuple[type, ...]) -> None:
        """Find one of one's own records of these kinds at the cursor and use it as it is recorded; where several could
        be meant, ask."""
        record = self.record_of(self.current)
        if record is not None and isinstance(record, kinds):
            self.refuse_foreign(record)
            use(self._recorded(record))
            return
        here = (record,) if isinstance(record, Claim) else self.claims_here()
        own = [claim for claim in here if claim.annotator == self.session.annotator]
        found: dict[str, Claim | Link] = {}
        for claim in own:
            for one in (claim, *self.session.links_of(claim)):
                if isinstance(one, kinds):
                    found[one.id] = one
        if Claim in kinds and own and len(kinds) > 1:
            # A key for any kind of record means the claim, unless a link is current.
            found = {claim.id: claim for claim in own}
        if not found:
            if Claim not in kinds:
                raise RefusedError(f"there is no contradiction of yours here: {self.key('contradiction')} marks one")
            tag, says = self.key("tag"), self.key("said_by")
            link = f"{self.key('contradiction')} and {self.key('duplicate')}"
            raise RefusedError(f"there is no record of yours here: {tag} tags, {link} link, {says} says who says it")
        if len(found) == 1:
            use(self._recorded(next(iter(found.values()))))
            return
        choices = [
            self._claim_choice(one) if isinstance(one, Claim) else self.link_choice(one) for one in found.values()
        ]
        self.choose(what, choices, lambda value, _stay: self.try_to(lambda: use(self._recorded(found[value]))))

    def _recorded(self, seen: Claim | Link) -> Claim | Link:
        """One's own record as it is recorded: a claim in an article that changed is seen elsewhere."""
        record = self.session.records.get(seen.id)
        if not isinstance(record, Claim | Contradiction | DuplicateGroup):
            raise RefusedError("this record is not there any more")
        return record

    def refuse_foreign(self, record: Claim | Link) -> None:
        """Refuse to change what is a colleague's."""
        if record.annotator != self.session.annotator:
            instead = f"{self.key('adopt')} makes it yours, {self.key('remark')} remarks on it"
            raise RefusedError(f"only {record.annotator} can change this record: {instead}")

    def _claim_choice(self, claim: Claim) -> Choice:
        return Choice(claim.id, claim.gist or claim.exact, detail=", ".join(claim.tags))

    def link_choice(self, link: Link) -> Choice:
        ends = self.session.ends_of(link)
        kind = "contradiction" if isinstance(link, Contradiction) else "duplicate"
        return Choice(link.id, link.gist or (ends[0].exact if ends else link.id), detail=kind)

    def choose(
        self,
        title: str,
        choices: Iterable[Choice],
        answer: Callable[[str, bool], object],
        *,
        several: bool = False,
        beside_strip: bool = False,
    ) -> None:
        """Ask with a picker near the cursor; with `beside_strip` so that the strip can be read, where there is room."""
        clear = self.strip.region.y if beside_strip else None
        self.picker.ask(title, list(choices), answer, near=self._near_cursor(), several=several, clear=clear)
        self.refresh_last()

    def place_picker(self) -> None:
        """Panes have another size: put the picker where its cursor is now."""
        if self.picker.is_open:
            self.picker.place(self._near_cursor())

    def _near_cursor(self) -> Offset:
        column = self.column
        place: Span = column.place
        first, last = column.page.rows_of(place.start, place.end)
        region = column.pane.region
        bottom = last - column.pane.scroll_offset.y
        row = min(max(bottom, first - column.pane.scroll_offset.y, 0), max(0, region.height - 1))
        return Offset(region.x + column.pane.text_left, region.y + row)
