"""Text stands at one column in every row of a pane, whatever signs stand left of it; the mouse finds it there."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from driving import Reading, reading, seeds, written

from tui.text.cells import shown
from tui.ui.signs import ASCII, SIGNS
from tui.ui.widgets.page import Fixed, Sign

PARAGRAPHS = "\n\n".join(f"Paragraph {number} is told in two sentences. This is its second." for number in range(30))
TEXTS = [
    *("f", "q", "漢", SIGNS.contradiction, ASCII.contradiction, SIGNS.unsettled, SIGNS.remark, SIGNS.suggestion),
    *(mark + letter for mark in (SIGNS.duplicate, ASCII.duplicate) for letter in ("a", "z", "ab")),
]


def rows_of_text(it: Reading) -> Iterator[tuple[str, str]]:
    """What the pane draws right of its gutter, and the row of the article it is."""
    pane = it.column.pane
    assert pane.page is not None
    for y in range(min(pane.size.height, len(pane.page.layout))):
        start, end = pane.page.layout.row(y + pane.scroll_offset.y)
        words = shown(it.column.article.text[start:end])
        yield pane.render_line(y).crop(pane.text_left, pane.text_left + len(words)).text, words


@pytest.mark.parametrize("size", [(80, 24), (44, 20)])
async def test_text_stands_at_one_column_whatever_the_signs(tmp_path: Path, size: tuple[int, int]) -> None:
    random = Random(7)
    async with reading(written(tmp_path / "w", a=PARAGRAPHS), size=size) as it:
        await it.keys("enter")
        text = it.column.article.text
        starts = [at for at in range(len(text)) if text.startswith(("Paragraph", "This is"), at)]
        for _ in range(150):
            signs = []
            for at in starts:
                for chosen in random.choices(TEXTS, k=random.randint(0, 6)):
                    own, is_quiet = random.random() < 0.6, chosen == SIGNS.suggestion
                    signs.append(Sign(at, chosen, "quiet", chosen[:1], own, is_quiet=is_quiet))
            it.column.pane.mark(Fixed((), signs))
            for drawn, words in rows_of_text(it):
                assert drawn == words


async def test_a_sign_of_two_cells_that_gives_way_leaves_the_words_where_the_mouse_finds_them(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True)) as it:
        await it.keys("j j j j enter")
        await it.keys("/")
        await it.type("not agreed")
        await it.keys("enter escape t b")
        x, y = it.find("China", below=it.find("b·f+")[1])
        await it.drag((x, y), (x + 4, y))
        assert it.selection == "China"
