"""What stands above the line being typed is whole at 80 columns."""

from pathlib import Path

import pytest
from driving import Reading, reading, seeds

LONG = "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"


def note(it: Reading) -> str:
    """The row above what is typed."""
    return it.rows[it.app.screen.query_one("#prompt-note").region.y]


@pytest.mark.parametrize(
    ("keys", "typed", "after", "said"),
    [
        ("w", "", "", "-: not recorded"),
        ("e w", "", "", "empty takes it out"),
        ("e w ctrl+u", LONG, "enter", "is no date: write 2023-06-19, 2023-02, 2021/.."),
        ("e g ctrl+u", LONG * 2, "enter", "this one has 104"),
        ("/ b a l l enter escape /", "blinken", "", "up: earlier   escape: back"),
        ("/ b a l l enter escape / ctrl+r", "b.*n", "", "up: earlier   escape: back"),
        ("/", LONG, "enter", "correct it, or escape"),
        ("F", "", "", "escape: back"),
    ],
)
async def test_what_one_may_type_and_what_was_wrong_is_said_whole(
    tmp_path: Path, keys: str, typed: str, after: str, said: str
) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter t f", keys)
        await it.type(typed)
        await it.found()
        await it.keys(after)
        await it.found()
        assert said in note(it)
        assert not note(it).endswith("…")
