"""Whatever articles, records and clipboards hold is shown as plain text: never obeyed, never out of its cell."""

import shutil
from pathlib import Path

import pytest
from driving import controls_in, reading, seeds, session_of, written
from rich.cells import cell_len

from tui.model.span import Span
from tui.session import gestures
from tui.session.sync import export

NASTY = (
    "Markup [/] [bold] [@click=app.quit]x[/] [$primary] :smile: "
    "escape \x1b[31mred\x1b]0;title\x07\x1b[2J bell\x07 back\x08 nine\x9b5m "
    "turned \u202egnp.exe\u202c \u2066isolated\u2069 \u200fright "
    "zero\u200bwidth\ufeff\u00ad joined\u200d wide 漢字かな 新华社 ｆｕｌｌ "
    "tab\there emoji 👩\u200d🔬 👍🏽 🇺🇸 e\u0301\u0301\u0301 line\u2028break"
)


def hostile(root: Path) -> Path:
    """A workspace in which everything a person can name or write is hostile, and a colleague's records too."""
    other = root.parent / "other"
    title = '"[@click=app.quit]T [/] \\e[31m \\u202e title 漢字"'
    front = f'---\ntitle: {title}\noutlet: "\\e]0;x\\a[/]"\nauthor: "[bold]\\u202e"\n---\n'
    tags = 'tags:\n  - name: fact\n    key: f\n    description: "[/]"\n'
    config = f'format: variorum/1\ntitle: "[@click=app.quit]W[/]"\n{tags}'
    texts = {
        "a": front + NASTY + "\n\n“Quoted \x1b[1m words,” he said. " + NASTY,
        "crlf": "\ufeffBOM and CRLF\r\n\r\nSecond\rthird\r\n",
        "blank": "\u200b\u2060 \u00ad\n",
        "one": "x",
    }
    for place in (root, other):
        written(place, config, **texts)
    session = session_of(other, "mallory")
    text = session.articles["a"].text
    span = Span(0, len(text.split("\n")[0]))
    claim = session.do(gestures.tag(session.desk, session.end_of("a", span), "[@click=app.quit]x[/]")).current
    session.do(gestures.tag(session.desk, session.end_of("a", span), "\x1b[5m\u202e", add=True))
    assert claim
    session.do(gestures.set_gist(session.records.claim(claim), NASTY[:70]))  # type: ignore[arg-type]
    session.do(gestures.set_memo(session.records.claim(claim), NASTY))  # type: ignore[arg-type]
    session.do(gestures.set_said_by(session.desk, session.end_of("a", span), (NASTY, "[/]")))
    session.do(gestures.set_article_memo(session.desk, "a", NASTY))
    second = session.end_of("a", Span(len(text) - 30, len(text)))
    session.do(gestures.contradiction(session.desk, session.end_of("a", span), second))
    export(session)
    session.close()
    shutil.copytree(other / "annotations" / "mallory", root / "annotations" / "mallory")
    return root


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (41, 12)])
async def test_no_control_character_reaches_any_row_of_any_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(hostile(tmp_path / "w"), size=size) as it:
        for keys in (
            *("j", "j", "j", "g g", "/ [ / ] enter", "escape", "A", "g m", "x escape"),
            *(
                "enter",
                "J",
                "J",
                "K",
                "t",
                "f",
                "c",
                "j c",
                "escape",
                "enter",
                "escape",
                "w",
                "escape",
                "e g",
                "escape",
            ),
            *("m", "a enter escape", "o", "escape", "v", "f", "a", "s", "escape", "f", "escape", "x", "u", "O", "?"),
            *("q", ":", "escape", "+ +", "|", "z", "L", "s"),
        ):
            await it.keys(keys)
            rows = it.rows
            assert controls_in(rows) == [], (keys, rows)
            strips = it.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}, keys
            assert {cell_len(strip.text) for strip in strips} == {size[0]}, keys
        assert it.app.is_running
        assert it.app.return_value is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("newer", "format: variorum/2\n"),
        ("[bold]\x1b[31m", "<<<<<<< HEAD\n"),
        ("turned\u202e", 'format: variorum/1\narticle: "\\e[2J[/]"\n'),
        ("a", 'format: variorum/1\narticle: a\nclaims: {"\\e[31m[/]": 5}\n'),
    ],
)
@pytest.mark.parametrize("annotator", ["ada", "mallory"])
async def test_a_bad_file_is_said_on_the_first_screen_and_the_records_beside_it_are_shown(
    tmp_path: Path, name: str, text: str, annotator: str
) -> None:
    root = seeds(tmp_path / "w", example=True)
    folder = root / "annotations" / annotator
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text)
    async with reading(root) as it:
        assert f"annotations/{annotator}/" in it.screen
        assert controls_in(it.rows) == []
        await it.keys("enter J")
        assert "example" in "".join(it.strip)
        assert controls_in(it.rows) == []


async def test_markup_is_shown_as_it_stands(tmp_path: Path) -> None:
    async with reading(hostile(tmp_path / "w")) as it:
        assert "[@click=app.quit]T [/]" in it.screen
        await it.keys("enter")
        assert "Markup [/] [bold] [@click=app.quit]x[/] [$primary] :smile:" in it.screen
        await it.keys("J")
        assert "[@click=app.quit]x[/]" in it.strip[0]
        await it.click(*it.find("[@click=app.quit]x[/] [$primary]"))
        assert it.app.return_value is None


async def test_byte_order_mark_and_carriage_returns_are_not_shown(tmp_path: Path) -> None:
    async with reading(hostile(tmp_path / "w")) as it:
        await it.keys("j j enter")
        rows = [row.strip("▌ ") for row in it.rows]
        assert "BOM and CRLF" in rows
        assert "Second" in rows
        assert "third" in rows


@pytest.mark.parametrize("before", ["e g", "w ctrl+u", "e w ctrl+u"])
async def test_a_paste_into_a_prompt_loses_what_the_terminal_would_obey(tmp_path: Path, before: str) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f", before)
        await it.paste("a\x1b[31mb\r\nc\u202ed\x9b")
        assert controls_in(it.rows) == []
        assert controls_in([it.reader.prompt.field.value]) == []
        await it.keys("enter")
        claim = it.claims[0]
        assert controls_in([claim.gist or "", *(claim.said_by or ()), claim.when or ""]) == []


async def test_a_paste_into_the_palette_brings_nothing_that_the_terminal_would_obey(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter :")
        await it.paste("a\x1b[31mb\u202e")
        assert controls_in(it.rows) == []
        await it.paste("next statement")
        assert "next statement" in it.screen


async def test_a_paste_into_a_memo_keeps_its_lines_and_nothing_hidden(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f m")
        await it.paste("one\x1b[2J\r\ntwo\u202e\x07\rthree")
        assert controls_in(it.rows) == []
        await it.keys("escape")
        memo = it.claims[0].memo
        assert memo is not None
        assert [line[:3] for line in memo.split("\n")] == ["one", "two", "thr"]
        assert controls_in(memo.split("\n")) == []


async def test_a_paste_where_nothing_is_typed_is_no_burst_of_keys(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        await it.paste("tfxQ")
        assert it.claims == []
        assert it.app.is_running


async def test_a_colleagues_name_is_completed_without_its_escapes(tmp_path: Path) -> None:
    async with reading(hostile(tmp_path / "w")) as it:
        await it.keys("enter G t f w ctrl+u M a r")
        await it.pilot.pause(0.1)
        assert controls_in(it.rows) == []
        await it.keys("tab enter")
        assert controls_in(list(it.claims[0].said_by or ())) == []


async def test_an_article_of_one_line_and_200_000_characters_costs_no_more_than_its_screen(tmp_path: Path) -> None:
    line = "“word, and more of them " * 8_700
    assert len(line) > 200_000
    async with reading(written(tmp_path / "w", a=line), size=(80, 24)) as it:
        await it.keys("enter")
        drawn = it.count_rows()
        for keys in ("space", "space", "ctrl+d", "pageup", "j", "k", 'v "', "w", "escape", "v f", "a", "s", "t f", "c"):
            drawn.clear()
            await it.keys(keys)
            assert len(drawn) <= 3 * 24, keys
        await it.keys("escape G g g y u")
        assert controls_in(it.rows) == []
