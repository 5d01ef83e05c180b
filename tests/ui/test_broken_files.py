"""Files that are broken when the application opens are named wherever one comes to, as a whole."""

from pathlib import Path

import pytest
from driving import SCMP, reading, seeds
from teaming import marks

from tui.ui.screens.library import LibraryScreen
from tui.ui.screens.reader import ReaderScreen

MARKERS = "<<<<<<< HEAD\nformat: variorum/1\n=======\nformat: variorum/1\n>>>>>>> feature\n"


@pytest.mark.parametrize("whose", ["ada", "ben"])
@pytest.mark.parametrize("begins_in", [ReaderScreen, LibraryScreen])
async def test_a_broken_file_is_named_where_the_application_opens(tmp_path: Path, whose: str, begins_in: type) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (SCMP, "balloon"))
    async with reading(root, size=(80, 24)) as it:
        await it.keys("enter t f E")
        await it.found()
        await it.keys("Q" if begins_in is ReaderScreen else "L Q")
    file = root / "annotations" / whose / f"{SCMP}.yaml"
    file.write_text(MARKERS)
    async with reading(root, size=(80, 24)) as it:
        assert isinstance(it.app.screen, begins_in)
        assert f"annotations/{whose}/{SCMP}.yaml" in it.last.replace(" ", "")
        assert "…" not in it.last
        assert "merge" in it.last
