"""The list of all that is open: what is to be settled in all articles, and remarks on what is gone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Offset

from tui.errors import RefusedError
from tui.model.records import Remark
from tui.session.conflicting import Dispute
from tui.session.disputes import loose_remarks
from tui.session.session import Session
from tui.ui.dispute_words import dispute_choice, loose_choice
from tui.ui.open_claims import NOTHING_OPEN, count_of, open_by_turn, open_choice
from tui.ui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from tui.ui.rooms import Rooms


def ask(picker: Picker, session: Session, rooms: "Rooms", try_to: Callable[[Callable[[], None]], None]) -> None:
    """Show the list; `try_to` goes to what is picked.

    Raises:
        RefusedError: nothing is open.
    """
    ids = [article.id for article in session.library.articles]
    found = open_by_turn(session, ids[0] if ids else "", 0)
    loose = loose_remarks(session)
    if not found and not loose:
        raise RefusedError(NOTHING_OPEN)
    choices: list[Choice] = []
    go: list[Callable[[], None]] = []
    for one in (*found, *loose):
        value = str(len(go))
        if isinstance(one, Remark):
            choices.append(loose_choice(one, value))
            go.append(partial(rooms.show_settling, one))
        elif isinstance(one, Dispute):
            choices.append(dispute_choice(session, one, value))
            go.append(partial(rooms.show_settling, one))
        else:
            choices.append(replace(open_choice(session, one), value=value))
            go.append(partial(rooms.show_record, one.now))
    title = count_of(len(found)) if found else "nothing to settle, but"
    picker.ask(title, choices, lambda value, _stay: try_to(go[int(value)]), near=Offset(2, 2))
