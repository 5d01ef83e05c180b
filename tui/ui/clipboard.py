"""Copying: to the terminal's clipboard by OSC 52, which works over ssh too, and into a file."""

import os
from base64 import b64encode
from threading import Lock
from typing import TYPE_CHECKING

from tui.errors import StoreError
from tui.session.copying import keep_copy, shown_path

if TYPE_CHECKING:
    from tui.ui.app import VariorumApp

MOST_BYTES = 74_994
"""More than that terminals throw away: 100 000 bytes of a sequence, in base64."""
_TOO_LONG = f"too long for the terminal's clipboard ({MOST_BYTES:,} bytes)"
_WRITING = Lock()


def copy(app: "VariorumApp", text: str) -> None:
    """Send a text to the clipboard at once, write it into a file behind the screen, and say where it is."""
    fits = len(text.encode("utf-8", "replace")) <= MOST_BYTES
    if fits:
        app.copy_to_clipboard(text)
        if app._driver is not None and os.environ.get("TMUX"):
            app._driver.write(through_tmux(text))
    app.say("copied to the terminal's clipboard …" if fits else "copying …", "foreground")
    app.copied = text
    session, workspace = app.session, app.session.workspace

    def work() -> None:
        try:
            with _WRITING:
                file = keep_copy(app.copied, workspace, os.environ)  # which may be a later one already
        except StoreError as error:
            only = "copied to the terminal's clipboard only" if fits else f"not copied: it is {_TOO_LONG}"
            app.tell(session, f"{only}; {error}")
        else:
            more = " and to the terminal's clipboard" if fits else f"; {_TOO_LONG}"
            app.tell(session, f"copied into {shown_path(file, workspace, os.environ)}{more}", "foreground")

    app.run_worker(work, thread=True, group="copy")


def through_tmux(text: str) -> str:
    """The sequence wrapped so that tmux hands it on to its own terminal, where that is allowed; tmux itself takes the
    plain one only if `set-clipboard` is on."""
    sequence = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode()}\a"
    return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
