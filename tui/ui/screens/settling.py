"""What a merge left open, one after the other: each version of a field with its key, and what it was before both."""

from textual.app import ComposeResult
from textual.geometry import Offset

from tui.errors import ReadOnlyError, RefusedError, VariorumError
from tui.model.article import Article
from tui.model.records import Contradiction, DuplicateGroup, Remark
from tui.session import conflicting, disputes, remarking
from tui.session.conflicting import Dispute, Side
from tui.session.gestures import NOT_RECORDED, Gesture
from tui.store.fit import key_of
from tui.ui import dispute_blocks
from tui.ui.actions import Where
from tui.ui.hints import fitting, hint, hints_of
from tui.ui.open_claims import count_of
from tui.ui.screens.base import BaseScreen
from tui.ui.widgets.comparison_view import Block, ComparisonView
from tui.ui.widgets.lines import Line, Piece
from tui.ui.widgets.picker import Choice

BOTH = "both"
NOTES = {
    "gist": "empty takes it out",
    "when": "2023-06-19, 2023-02, 2018-09~, 2021/.. and the like, empty takes it out",
    "said_by": f"empty: the article itself · > passed on by · {NOT_RECORDED}: not recorded",
}
"""What to know of a field while it is written in one line."""


class SettlingScreen(BaseScreen):
    """Above Library or Reader. One instance; what it shows is found anew whenever records change."""

    WHERE = Where.SETTLING

    def __init__(self) -> None:
        super().__init__()
        self.matter = ComparisonView(id="matter", has_cursor=False)
        self.versions = ComparisonView(id="versions")
        self._of: Dispute | Remark | None = None
        """What is before the reader; a remark is one of which the record is gone; None: nothing is left."""
        self._at = 0
        """Its position among all conflicts, where it is one."""
        self._sides: tuple[Side, ...] = ()
        """What it can be settled as: asked for at every key, and versions may be long."""

    def compose(self) -> ComposeResult:
        yield self.header
        yield self.matter
        yield self.versions
        yield self.memo
        yield self.last
        yield self.notice
        yield self.prompt
        yield self.picker

    # --- what is shown ---

    def open(self, of: Dispute | Remark) -> None:
        """Show this."""
        self._of = of
        every = self.session.disputes.all()
        self._at = every.index(of) if isinstance(of, Dispute) and of in every else 0
        self.versions.cursor = 0
        if self.is_attached:
            self._draw()

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._renew()
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self._draw)

    def data_changed(self, _articles: frozenset[str]) -> None:
        self._renew()
        self._draw()

    def _renew(self) -> None:
        """Have what is at hand as it is now; where it was settled, the next one."""
        of = self._of
        if isinstance(of, Remark):
            self._of = of if self.session.records.standing(key_of(of)) is not None else None
            return
        every = self.session.disputes.all()
        if of is not None:
            entry = (key_of(of.record), of.plain)
            same = (at for at, one in enumerate(every) if (key_of(one.record), one.plain) == entry)
            found = next(same, None)
            if found is None:
                self.versions.cursor = 0
                found = self._at if self._at < len(every) else 0
            self._at = found
        self._of = every[self._at] if self._at < len(every) else None

    def _draw(self) -> None:
        if not self.is_attached:
            return
        versions: tuple[Block, ...] = ()
        self._sides = self._of.sides if isinstance(self._of, Dispute) else ()
        if self._of is None:
            matter = Block((Line([("nothing more to settle", "quiet")]),))
        elif isinstance(self._of, Remark):
            matter, versions = dispute_blocks.loose(self._of)
        else:
            every = self.session.disputes
            matter = dispute_blocks.matter(self.session, self._of, f"{self._at + 1} of {len(every)}")
            versions = dispute_blocks.version_blocks(self.session, self._of)
        self.matter.show([matter])
        self.versions.show(versions, self.versions.cursor)
        needed = self.matter.height_needed + (not matter.text)  # only after a text there is an empty row already
        height = max(2, min(max(4, self.size.height // 4), needed)) + 1
        if self.matter.styles.height is None or self.matter.styles.height.value != height:
            self.matter.styles.height = height
        self.versions.reveal()
        self.refresh_header()
        self.refresh_last()

    def place(self) -> str:
        return " · settling"

    @property
    def urgent(self) -> tuple[str, ...]:
        return ("take_standing",) if Side.STANDING in self._sides else ()

    def hints(self) -> list[Piece]:
        if isinstance(self._of, Dispute):
            idle = {f"take_{side.name.lower()}" for side in Side if side not in self._sides}
            idle |= set() if self._of.is_written else {"edit"}
            return fitting(hints_of(self.where, self.urgent, idle), self.size.width, keep_last=True)
        if not isinstance(self._of, Remark):
            return super().hints()
        said = (("delete", "deletes it"), ("cancel", "leaves it"), ("help", "keys"))
        return fitting([hint(self.key(id), words) for id, words in said], self.size.width, keep_last=True)

    # --- settling ---

    def _dispute(self) -> Dispute:
        if self._of is None:
            raise RefusedError("nothing more is to be settled")
        if not isinstance(self._of, Dispute):
            raise RefusedError(f"{self.key('delete')} deletes this remark, {self.key('cancel')} leaves it as it is")
        return self._of

    def do_take_ours(self) -> None:
        self._take(Side.OURS)

    def do_take_theirs(self) -> None:
        self._take(Side.THEIRS)

    def do_take_base(self) -> None:
        self._take(Side.BASE)

    def do_take_standing(self) -> None:
        self._take(Side.STANDING)

    def _take(self, side: Side) -> None:
        dispute = self._dispute()
        if side is Side.STANDING and side not in dispute.sides:
            raise RefusedError(f"what stands there is one of the versions: {self.key('take_ours')} takes ours")
        self._did(conflicting.settle(self.session.desk, dispute, side))

    def _did(self, gesture: Gesture) -> None:
        """Do it, and say what is left; where nothing is, go back to where one was."""
        label = self.session.do(gesture).label
        left = count_of(len(self.session.disputes)) if self.session.disputes else "nothing more to settle"
        if self._of is None:
            self.variorum.rooms.go_back()
            self.variorum.say(f"{label}; {left}", "foreground")
        else:
            self.say(f"{label}; {left}, {self.key('undo')} takes it back")
        self.variorum.rooms.top.refresh_header()

    def do_edit(self) -> None:
        dispute = self._dispute()
        if (reason := self.session.read_only) is not None:
            raise ReadOnlyError(reason)
        if not dispute.is_written:
            raise RefusedError(f"{dispute.words}: take one of the versions; it can be edited in the Reader then")
        letters = {Side.OURS: "o", Side.THEIRS: "t", Side.BASE: "b", Side.STANDING: "s"}
        begins = {side.value: self._begun(dispute, side) for side in dispute.sides}
        choices = [Choice(side.value, side.value, letters[side]) for side in dispute.sides]
        if (text := conflicting.both(dispute)) is not None:
            begins[BOTH] = text
            choices.insert(2, Choice(BOTH, "both, one after the other", "2"))
        region = self.versions.region
        near = Offset(region.x + self.versions.left + 3, region.y + max(0, self.versions.row_of_cursor()))
        self.picker.ask(
            f"write the {dispute.words}, beginning with",
            choices,
            lambda begin, _stay: self.try_to(self._write, dispute, begins[begin]),
            near=near,
        )
        self.refresh_last()

    def _begun(self, dispute: Dispute, side: Side) -> str:
        version = dispute.version(side)
        if dispute.field == "said_by":
            return " > ".join(map(str, version)) if isinstance(version, list) else NOT_RECORDED
        return version if isinstance(version, str) else ""

    def _write(self, dispute: Dispute, begun: str) -> None:
        def keep(text: str) -> str | None:
            try:
                self._did(conflicting.write(self.session.desk, dispute, text))
            except VariorumError as error:
                return str(error)
            return None

        if dispute.field == "memo":
            self.memo.ask("settles the memo", begun, keep, even_unchanged=True)
        else:
            names = self.session.names_in_use() if dispute.field == "said_by" else ()
            self.prompt.ask(dispute.words, begun, keep, note=NOTES[dispute.field], names=names, goes_on=True)
        self.refresh_last()

    def do_delete(self) -> None:
        if not isinstance(self._of, Remark):
            raise RefusedError("one of the versions is taken here: what a side deleted goes with its version")
        self._did(remarking.delete(self._of))

    def after_step(self, gesture: Gesture) -> None:
        """What was undone, or done again, is what one looks at."""
        keys = {key_of(change.record) for change in gesture.changes}
        again = next((one for one in self.session.disputes.all() if key_of(one.record) in keys), None)
        if again is not None:
            self.open(again)
        super().after_step(gesture)

    # --- going from one to another ---

    def do_next_dispute(self) -> None:
        self._go(1)

    def do_previous_dispute(self) -> None:
        self._go(-1)

    def _go(self, by: int) -> None:
        every = self.session.disputes.all()
        if not every or (isinstance(self._of, Dispute) and len(every) == 1):
            raise RefusedError("nothing else is to be settled")
        self.open(every[(self._at + by) % len(every)] if isinstance(self._of, Dispute) else every[0])

    def do_next(self, count: int = 1) -> None:
        self.versions.move_to(self.versions.cursor + count)

    def do_previous(self, count: int = 1) -> None:
        self.versions.move_to(self.versions.cursor - count)

    def do_page_down(self, count: int = 1) -> None:
        self.versions.page(count)

    def do_page_up(self, count: int = 1) -> None:
        self.versions.page(-count)

    def do_row_down(self, count: int = 1) -> None:
        self.versions.scroll_relative(y=count, animate=False)

    def do_row_up(self, count: int = 1) -> None:
        self.versions.scroll_relative(y=-count, animate=False)

    def do_go(self) -> None:
        if isinstance(self._of, Dispute):
            record = self._of.record
            claim = disputes.claim_for(self.session, record)
            place = self.session.disputes.place_of(self._of)
            if claim is not None:
                link = record if isinstance(record, Contradiction | DuplicateGroup) else None
                self.variorum.rooms.show_record(claim, link)
                return
            if place is not None:
                self.variorum.rooms.show_reader([place[0]])
                return
        raise RefusedError("it has no place in a text of this workspace")

    def do_leave(self) -> None:
        self.variorum.rooms.go_back()

    def do_cancel(self) -> None:
        super().do_cancel()
        self.variorum.rooms.go_back()

    def article_here(self) -> Article:
        place = self.session.disputes.place_of(self._of) if isinstance(self._of, Dispute) else None
        if place is None:
            raise RefusedError("there is no article here")
        return self.session.articles[place[0]]

    # --- mouse ---

    def on_comparison_view_pressed(self, event: ComparisonView.Pressed) -> None:
        if event.view is not self.versions:
            return
        self.end_typing()
        self.versions.move_to(event.block)
        if event.again and isinstance(self._of, Dispute):
            sides = dispute_blocks.sides_shown(self._of)
            if event.block < len(sides) and sides[event.block] in self._of.sides:
                self.try_to(self._take, sides[event.block])
