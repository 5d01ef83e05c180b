"""The terminal that this runs in: whether it can show the application, with its signs and colours."""

import locale
import os
import subprocess
import sys
from collections.abc import Mapping

from tui.doctor.findings import Area
from tui.doctor.patient import Patient

COLUMNS, LINES = 80, 24
"""What the screens are made for at least."""
ESCAPE_MILLISECONDS = 100
"""A terminal program itself waits no longer to tell Escape from the keys that begin with it."""
TIME_OUT = 2.0
"""Seconds."""


def examine(patient: Patient, area: Area) -> None:
    environ = patient.environ
    term = environ.get("TERM", "")
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    if term == "dumb" or (is_terminal and not term):
        area.warning(
            f"the application can't be shown in a terminal that says of itself {f'TERM={term}' if term else 'nothing'}",
            "use another terminal, or set TERM to what it is; the commands work everywhere",
        )
    encoding = locale.getencoding()
    if encoding.lower().replace("-", "") != "utf8":
        area.warning(
            f"the locale has the encoding {encoding}, not UTF-8: signs are plain, and letters it lacks can't be shown",
            "set LANG to a locale with UTF-8, such as C.UTF-8; VARIORUM_ASCII=1 keeps the signs plain in any case",
        )
    elif term == "linux" and not environ.get("VARIORUM_ASCII"):
        area.note("the Linux console lacks some of the signs", "VARIORUM_ASCII=1 draws plain ones")
    if environ.get("NO_COLOR"):
        area.note(
            "NO_COLOR is set, so there are no colours; signs and underlines say the same", "unset it to have them"
        )
    elif is_terminal and not _has_colours(term, environ):
        area.note(
            f"TERM={term} promises no more than 16 colours, so tints may look coarse",
            "if your terminal can do more, set COLORTERM=truecolor; else `--theme ansi-dark` or `ansi-light`",
        )
    where = [name for name, sign in (("ssh", "SSH_CONNECTION"), ("tmux", "TMUX"), ("screen", "STY")) if sign in environ]
    if is_terminal:
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
        area.well.append(f"{columns} by {lines}, TERM={term}, {encoding}")
        if 0 < columns < COLUMNS or 0 < lines < LINES:
            area.note(
                f"the terminal is {columns} by {lines}: articles side by side need {COLUMNS} by {LINES}",
                "make it larger, or read one article at a time",
            )
    else:
        area.well.append(f"the output goes elsewhere, {encoding}")
    area.well += [f"in {name}" for name in where]
    if "TMUX" in environ and (delay := _tmux_delay(environ)) is not None and delay > ESCAPE_MILLISECONDS:
        area.note(
            f"tmux holds Escape back for {delay} ms, so closing anything with it feels slow",
            "`set -sg escape-time 10` in ~/.tmux.conf, then `tmux source ~/.tmux.conf`",
        )
    elif "STY" in environ:
        area.note("screen may hold Escape back for a third of a second", "`maptimeout 10` in ~/.screenrc")


def _has_colours(term: str, environ: Mapping[str, str]) -> bool:
    deep = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    return deep or "256color" in term or "direct" in term or "kitty" in term or "ghostty" in term


def _tmux_delay(environ: Mapping[str, str]) -> int | None:
    """How long the tmux around us waits after Escape, in milliseconds; None where it does not say."""
    try:
        answer = subprocess.run(
            ["tmux", "show-options", "-sv", "escape-time"],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_OUT,
            check=False,
        )
        return int(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
