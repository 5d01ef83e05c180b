"""Make what the documentation takes from the application itself: the picture in the README and the table of keys.

Run by `make docs`. The picture is of the real application on the five articles, with the worked example.
"""

import asyncio
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.cli.keys import markdown
from tui.session.opening import open_session
from tui.ui.actions import ACTIONS
from tui.ui.app import VariorumApp
from tui.workspace import open_workspace

DOCS = Path(__file__).parent
SIZE = (128, 38)
OPEN = "space j j j space g g enter"
MOST_RECORDS = 100
SHOWN = "What put the trip off"
"""The gist of the contradiction that the picture shows: it is stepped to with `J`, and followed to its second end."""


async def picture(theme: str, file: Path) -> None:
    """Save what the Reader shows with that contradiction before it, as SVG: to a reader who begins."""
    session = open_session(open_workspace(DOCS.parent, os.environ), "ada", reading=True)
    app = VariorumApp(session, theme=theme)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*OPEN.split())
        for _ in range(MOST_RECORDS):
            if SHOWN in "\n".join(strip.text for strip in app.screen._compositor.render_strips()):
                break
            await pilot.press("J")
        else:
            raise SystemExit(f"“{SHOWN}” is not among the first records")
        await pilot.press("enter", "b")
        await pilot.pause()
        svg = app.export_screenshot(title="Variorum", simplify=True)
    session.close()
    # The picture must not ask the network for a font.
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = "\n".join(line.rstrip() for line in svg.split("\n"))
    file.write_text(svg, encoding="utf-8")


def keys() -> str:
    """The action table as Markdown."""
    intro = [
        "Made by `make docs` from the table that the application itself works by. The last column names the action, to",
        "which other keys can be given: [Changing keys](changing-keys.md).",
    ]
    return "\n".join(["# Keys", "", *intro, "", *markdown(ACTIONS)])


if __name__ == "__main__":
    (DOCS / "keys.md").write_text(keys(), encoding="utf-8")
    for theme in ("dark", "light"):
        with TemporaryDirectory() as home:
            os.environ["XDG_STATE_HOME"] = home
            asyncio.run(picture(f"variorum-{theme}", DOCS / f"variorum-{theme}.svg"))
