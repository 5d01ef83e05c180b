"""Leaving with something: the clipboard and its file, one's own editor, articles that change on disk meanwhile."""

import asyncio
import stat
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from driving import SCMP, reading, said, seeds, written
from teaming import look

from tui.ui.app import VariorumApp
from tui.ui.clipboard import MOST_BYTES


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that does what stands in this file with `file` and its arguments, in a terminal that can be left."""
    monkeypatch.setattr(VariorumApp, "suspend", lambda _self: nullcontext())
    monkeypatch.delenv("VISUAL", raising=False)
    program, does = tmp_path / "nano", tmp_path / "does.py"
    head = f"#!{sys.executable}\nimport sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n"
    program.write_text(f"{head}exec(pathlib.Path({str(does)!r}).read_text())\n")
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))
    return does


# --- copying ---


async def test_y_copies_the_quote_with_its_citation_and_names_the_file_that_keeps_it(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root, size=(80, 24)) as it:
        await it.keys("enter j j t f")
        await it.saved()
        await it.keys("y")
        await said(it, "copied into .variorum/copied.txt and to the terminal's clipboard")
        copied = root / ".variorum" / "copied.txt"
        assert copied.read_text(encoding="utf-8") == f"{it.app.clipboard}\n"
        assert stat.S_IMODE(copied.stat().st_mode) == 0o600
        assert it.app.clipboard.startswith("“Blinken’s remarks indicated")
        await it.keys("j y")
        await said(it, "copied into .variorum/copied.txt")
        assert copied.read_text(encoding="utf-8") == f"{it.app.clipboard}\n"


async def test_where_nothing_was_recorded_copying_leaves_nothing_in_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter y")
        await said(it, "run/variorum/copied.txt")
    assert not (root / ".variorum").exists()


async def test_what_is_too_long_for_a_clipboard_goes_into_the_file_only(tmp_path: Path) -> None:
    root = written(tmp_path / "w", long="“Word” and word " * 8_000)
    async with reading(root) as it:
        await it.keys("enter v G t f")
        await it.saved()
        await it.keys("v y")
        await said(it, "copied into .variorum/copied.txt; too long for the terminal's clipboard (74,994 bytes)")
        assert it.app.clipboard == ""
    assert (root / ".variorum" / "copied.txt").stat().st_size > MOST_BYTES


# --- the memo ---


async def test_ctrl_g_takes_the_memo_to_the_editor_and_back_where_escape_keeps_it(tmp_path: Path, editor: Path) -> None:
    editor.write_text("file.write_text(file.read_text() + 'second line\\n')")
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter j t f m")
        await it.type("first line")
        assert "ctrl+g your editor" in it.screen
        await it.keys("ctrl+g")
        assert "second line" in it.screen
        await it.keys("escape")
        assert it.claims[0].memo == "first line\nsecond line"
        await it.keys("g M escape")
        assert it.claims[0].memo == "first line\nsecond line\nsecond line"
        await it.keys("u u")
        assert [claim.memo for claim in it.claims] == [None]


async def test_an_editor_that_fails_leaves_the_memo_as_it_was(tmp_path: Path, editor: Path) -> None:
    editor.write_text("sys.exit(4)")
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter j t f m")
        await it.type("typed")
        await it.keys("ctrl+g")
        assert "nano ended with 4: the memo is as it was" in it.screen
        await it.keys("escape")
        assert it.claims[0].memo == "typed"


async def test_without_an_editor_that_is_said_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter j t f m")
        await it.type("typed")
        await it.keys("ctrl+g")
        assert "no editor is set: say which in the shell, as in export EDITOR=nano" in it.screen
        await it.keys("escape g e")
        assert it.last == "no editor is set: say which in the shell, as in export EDITOR=nano"
        assert it.claims[0].memo == "typed"


async def test_what_the_editor_wrote_can_not_command_the_terminal(tmp_path: Path, editor: Path) -> None:
    editor.write_text("file.write_bytes(b'\\x1b[2Jharm\\r\\nand more')")
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j t f m ctrl+g")
        assert "\x1b" not in it.screen
        assert "harm" in it.screen
        await it.keys("escape")
        assert "\x1b" not in (it.claims[0].memo or "")


# --- the article ---


async def test_g_e_opens_the_file_at_the_statement_and_shows_what_was_corrected(tmp_path: Path, editor: Path) -> None:
    editor.write_text(
        "assert sys.argv[1] == '+7', sys.argv\n"
        "text = file.read_text()\n"
        "assert text.split('\\n')[6].startswith('“China has resisted')\n"
        "file.write_text('A new first line.\\n\\n' + text.replace('Blinken’s remarks', 'Blinkon’s remarks'))"
    )
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("enter j j t f j t o")
        assert it.statement.startswith("“China has resisted")
        await it.keys("g e")
        await said(it, "read anew from disk; 1 claim to settle (1 changed): ! goes to each")
        assert it.column.article.text.startswith("A new first line.")
        assert it.statement.startswith("“China has resisted")
        assert [claim.tags for claim in it.session.claims_at(SCMP, it.column.statement)] == [("opinion",)]
        await it.keys("! a")
        assert "nothing more to settle" in it.last
        await it.keys("g g")
        assert it.statement == "A new first line."


async def test_an_article_that_was_only_looked_at_is_as_it_was(tmp_path: Path, editor: Path) -> None:
    editor.write_text("pass")
    async with reading(seeds(tmp_path / "w")) as it:
        page = it.app.rooms.library
        await it.keys("g e")
        await said(it, "the article's file is as it was")
        await it.keys("enter j g e")
        await said(it, "the article's file is as it was")
        assert page is it.app.rooms.library


async def test_a_file_that_changes_under_the_application_is_noticed_and_read_when_asked_for(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root, size=(80, 24)) as it:
        await it.keys("enter")
        before = it.column.article.text
        file = root / "seeds" / f"{SCMP}.txt"
        file.write_text("Corrected.\n" + file.read_text())
        await said(it, "changed on disk: gr reads it anew")
        assert it.column.article.text == before
        await it.keys("j")
        await asyncio.sleep(1.2)
        assert "changed on disk" not in it.last, "it is said once"
        assert "file changed gr" in it.rows[2], "the title keeps it until it is read anew"
        await it.keys("g r")
        await said(it, "read anew from disk")
        assert "file changed" not in it.screen
        assert it.column.article.text.startswith("Corrected.")
        await it.keys("g r")
        await said(it, "no file of these articles changed on disk")


async def test_a_file_that_is_no_article_any_more_is_shown_as_it_was(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter j")
        statement = it.statement
        (root / "seeds" / f"{SCMP}.txt").unlink()
        await it.keys("g r")
        await said(it, "shown as it was: seeds/")
        assert it.statement == statement


async def test_what_was_begun_on_the_old_text_is_dropped_when_it_is_read_anew(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter j j c v")
        file = root / "seeds" / f"{SCMP}.txt"
        file.write_text("Corrected.\n" + file.read_text())
        await it.keys("escape g r")
        await said(it, "read anew from disk")
        assert it.reader.waiting is None
        assert it.selection is None
        assert it.column.waiting is None


async def test_what_is_read_only_at_the_start_is_said_to_have_changed_once(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    (root / "seeds" / "more").mkdir()
    async with reading(root, size=(80, 24)) as it:
        await look(it)
        config = root / "config.yaml"
        config.write_text(config.read_text() + "\n# another word\n")
        await said(it, "config.yaml changed: Q and start anew to have it")
        await it.keys("enter")
        (root / "seeds" / "more" / "new.txt").write_text("News\n\nThey came.")
        await said(it, "a new article: more/new: Q and start anew to have it")
        (root / "seeds" / f"{SCMP}.txt").unlink()
        (root / "seeds" / "more" / "other.txt").write_text("Other news\n\nThey went.")
        await it.keys("j")
        await said(it, f"an article is gone: {SCMP}: Q and start anew to have it")
        await it.keys("j")
        await look(it)
        assert "start anew" not in it.last, "it is said once"


async def test_a_config_written_again_as_it_was_is_no_change(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root, size=(80, 24)) as it:
        await look(it)
        config = root / "config.yaml"
        config.write_text(config.read_text())
        await look(it)
        await look(it)
        assert "config.yaml" not in it.last
