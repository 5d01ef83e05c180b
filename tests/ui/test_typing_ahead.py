"""Keys typed faster than the screens come: whatever they lead through, they are done in the order of their typing."""

import asyncio
from pathlib import Path

import pytest
from driving import SCMP, Reading, reading, seeds
from textual import events

from tui.ui.screens.reader import ReaderScreen

MEMO = "".join(f"{number:04} " for number in range(260)) + "END"
"""Far more than is typed while a pane is being made; every word stands once."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return seeds(tmp_path / "team")


async def burst(it: Reading, keys: str, text: str = "", then: str = "", *, piece: int = 1_000_000) -> None:
    """All of it without a pause, in pieces of so many keys as a terminal hands them over: while screens are made."""
    typed = [*keys.split(), *("space" if character == " " else character for character in text), *then.split()]
    for begin in range(0, len(typed), piece):
        for key in typed[begin : begin + piece]:
            it.post(key)
        await asyncio.sleep(0)
    await it.found()


@pytest.mark.parametrize("piece", [1, 5, 40, 1_000_000])
@pytest.mark.parametrize(
    "before",
    [
        "j g g enter g g j t f m",
        "L g g enter g g / d i a l o g u e enter escape j t f m ctrl+e",
        "enter L g g j enter g g / t h e enter n n escape j t f m",
        "g g enter F t r u m p enter L g g enter g g t f m",
        "g g enter g g S q j t f m",
        "g g enter g g = q j t f m",
        "g g enter + + j t f m",
        "g g enter ? escape j t f m",
        "g g enter g g t f j c escape t f m",
    ],
)
async def test_a_memo_typed_in_one_burst_with_the_way_to_it_is_kept(root: Path, before: str, piece: int) -> None:
    async with reading(root, size=(80, 24)) as it:
        await burst(it, before, MEMO, "escape g g", piece=piece)
        assert isinstance(it.app.screen, ReaderScreen)
        assert [claim.memo for claim in it.claims if claim.memo] == [MEMO]


async def test_keys_after_the_memo_are_keys_again(root: Path) -> None:
    async with reading(root, size=(80, 24)) as it:
        await burst(it, "g g enter g g t f m", MEMO, "escape j j j t f")
        assert len(it.claims) == 2
        assert it.claims[0].memo == MEMO
        assert it.claims[1].tags
        assert not it.claims[1].memo


async def test_a_paste_takes_its_place_among_the_keys(root: Path) -> None:
    async with reading(root, size=(80, 24)) as it:
        await it.keys("g g enter g g t f")
        for key in ("m", "a"):
            it.post(key)
        it.app.post_message(events.Paste(" pasted, "))
        for key in ("z", "escape", "j"):
            it.post(key)
        await it.settled()
        assert it.column.article.id == SCMP
        assert [claim.memo for claim in it.claims] == ["a pasted, z"]
