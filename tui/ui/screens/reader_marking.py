"""The Reader's marks: tags, contradictions, duplicates, spans, and taking them away."""

from tui.errors import RefusedError
from tui.model.records import Claim, Contradiction, DuplicateGroup, Link
from tui.session import gestures
from tui.session.gestures import End
from tui.ui.choices import kind_choices, tag_choices
from tui.ui.reading import Ref
from tui.ui.screens.reader_acting import Acting
from tui.ui.widgets.picker import Choice


class Marking(Acting):
    """Tagging, linking, re-spanning, deleting."""

    # --- tags ---

    def do_tag(self) -> None:
        self.with_end(self._ask_tag, "tag which claim?")

    def _ask_tag(self, end: End) -> None:
        def take(name: str, stay: bool) -> None:
            self.try_to(self._tag, end, name, stay)
            if stay:
                self.picker.update(self._tag_choices(end))

        self.choose("tag", self._tag_choices(end), take, several=True)

    def _tag_choices(self, end: End) -> list[Choice]:
        claim = self.session.desk.existing(end)
        return tag_choices(self.session.config, claim.tags if claim is not None else ())

    def _tag(self, end: End, name: str, add: bool = False) -> None:
        self.last_tag = name
        self.did(gestures.tag(self.session.desk, end, name, add=add))

    def do_repeat_tag(self) -> None:
        if self.last_tag is None:
            raise RefusedError(f"no tag was given yet: {self.key('tag')} tags")
        name = self.last_tag
        self.with_end(lambda end: self._tag(end, name), "tag which claim?")

    # --- links ---

    def do_contradiction(self) -> None:
        self.with_end(lambda end: self._mark_end(Contradiction, end), "contradiction of which claim?")

    def do_duplicate(self) -> None:
        self.with_end(lambda end: self._mark_end(DuplicateGroup, end), "duplicate of which claim?")

    def _mark_end(self, kind: type[Link], end: End) -> None:
        if self.waiting is None:
            self._wait(kind, end)
            return
        waiting_kind, first = self.waiting
        if waiting_kind is not kind:
            word = "contradiction" if waiting_kind is Contradiction else "duplicate"
            keys = f"press {self.key(word)} here, or {self.key('cancel')} first"
            raise RefusedError(f"a {word} waits for its other end: {keys}")
        desk = self.session.desk
        make = gestures.contradiction if kind is Contradiction else gestures.duplicate
        gesture = make(desk, first, end)
        self.stop_waiting()
        self._linked(gesture, end)

    def _linked(self, gesture: gestures.Gesture, end: End) -> None:
        self.did(gesture)
        claim = self.session.desk.existing(end)
        if gesture.current is not None:
            self.set_current(Ref(self.session.annotator, gesture.current, claim.id if claim else None))
        link = self.record_of(self.current)
        if isinstance(link, Contradiction) and not link.kinds:
            self.ask_kinds(link)

    def _wait(self, kind: type[Link], end: End) -> None:
        self.waiting = (kind, end)
        self.column.select(None)
        self.show_waiting()

    def stop_waiting(self) -> None:
        self.waiting = None
        self.show_waiting()

    def do_cancel(self) -> None:
        if self.column.select_from is not None:
            self.column.select(None)
            self.set_current(self.current)
        elif self.waiting is not None:
            self.stop_waiting()
            self.say("nothing was linked")
        else:
            self.set_current(None)

    def do_add_contradiction(self) -> None:
        self._add_to(Contradiction)

    def do_add_duplicate(self) -> None:
        self._add_to(DuplicateGroup)

    def _add_to(self, kind: type[Link]) -> None:
        link = self.session.link_to_extend(kind, self.record_of(self.current))
        # Where the link itself is current, the claim added is the one at the cursor, not an end it has already.
        self.with_end(
            lambda end: self._linked(gestures.add_to(self.session.desk, link, end), end),
            "add which claim?",
            past_link=True,
        )

    def ask_kinds(self, link: Contradiction) -> None:
        """Ask of what kind a contradiction is; escape leaves it open."""

        def take(name: str, stay: bool) -> None:
            now = self.session.records.get(link.id)
            if isinstance(now, Contradiction):
                at = self.current.at if self.current is not None else None
                self.try_to(lambda: self.did(gestures.set_kind(now, name, add=stay), at))
                after = self.session.records.get(link.id)
                if stay and isinstance(after, Contradiction):
                    self.picker.update(kind_choices(self.session.config, after.kinds))

        self.choose("contradiction of what kind?", kind_choices(self.session.config, link.kinds), take, several=True)

    # --- spans and deletion ---

    def do_respan(self) -> None:
        column = self.column
        selection = column.selection
        if selection is None:
            respan, select = self.key("respan"), self.key("select")
            raise RefusedError(f"{respan} gives the selection to the current claim: {select} selects first")
        record = self.record_of(self.current)
        if isinstance(record, Claim) and record.annotator == self.session.annotator:
            self.did(gestures.respan(self.session.desk, record.id, selection))
            return
        own = [claim for claim in self.claims_here() if claim.annotator == self.session.annotator]
        if len(own) != 1:
            step = f"{self.key('next_record')}, {self.key('previous_record')}"
            raise RefusedError(f"which claim? Step to it first ({step}), then select and press {self.key('respan')}")
        self.did(gestures.respan(self.session.desk, own[0].id, selection))

    def do_delete(self) -> None:
        at = self.current.at if self.current is not None else None

        def delete(record: Claim | Link) -> None:
            done = self.did(gestures.delete(self.session.desk, record, at))
            self.say(f"{done.label}; {self.key('undo')} brings it back")

        self.with_record(delete, "delete which?", (Claim, Contradiction, DuplicateGroup))
