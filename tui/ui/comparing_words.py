"""How counterparts were found, in words and signs."""

from tui.model.records import Contradiction, Link
from tui.session.session import Session
from tui.ui.signs import SIGNS


def sign_of(session: Session, link: Link) -> tuple[str, str]:
    """A link's sign, a group's with its letter, and the name of its style."""
    if isinstance(link, Contradiction):
        return SIGNS.contradiction, "error"
    return SIGNS.duplicate + session.letter_of(link.id), "primary"
