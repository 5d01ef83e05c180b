"""At the next start all is as it was left; what was read is remembered; the next unread, the next open question."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from driving import NEWSWEEK, REUTERS, REWRITE, SCMP, Reading, reading, seeds, session_of, written
from session_samples import tree
from textual.worker import WorkerCancelled

from tui.session import gestures
from tui.session.reading_file import ReadingFiles
from tui.session.reading_state import ReadingState, encode
from tui.ui.reading import Colleagues

SENTENCES = "\n\n".join(f"Number {number} is here. It goes on after {number}." for number in range(1, 41))


def shown(it: Reading) -> object:
    return it.app.screen


async def leave(it: Reading, key: str = "Q") -> None:
    await it.keys(key)
    with suppress(WorkerCancelled):  # the application may end before its last worker does
        await it.app.workers.wait_for_complete()


async def on_disk(it: Reading) -> None:
    """Keep it as a pause in reading does, without leaving."""
    it.app.keeper.keep_now()


async def test_panes_places_and_layout_come_back_when_one_left_while_reading(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    async with reading(root, size=(160, 40)) as it:
        await it.keys("j space j j space k space enter", "j " * 6, "tab", "j " * 9, "tab space O")
        rows = it.rows
        await leave(it)
    async with reading(root, size=(160, 40)) as it:
        assert shown(it) is it.reader
        assert it.reader.open_now == [REWRITE, NEWSWEEK, REUTERS]
        assert it.reader.active == 2
        assert it.reader.colleagues is Colleagues.DIMMED
        assert it.rows[1:-1] == rows[1:-1], "the same text at the same place"
        assert it.last == "all is as you left it: q goes to the Library"
        await it.keys("q")
        assert shown(it) is it.library


async def test_one_pane_alone_and_panes_one_above_the_other_come_back(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    for keys, alone, stacked in (("z", True, False), ("z |", False, True), ("|", False, False)):
        async with reading(root) as it:
            if shown(it) is not it.reader:
                await it.keys("space j space enter")
            await it.keys(keys)
            await leave(it)
        async with reading(root) as it:
            assert (it.reader.is_alone, it.reader.is_stacked) == (alone, stacked)
            assert it.reader.open_now == [SCMP, REWRITE]
            await leave(it)


async def test_who_left_from_the_library_finds_it_as_it_was_and_the_text_one_key_away(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter j j j q s s j j")
        here = it.library.list.here
        await leave(it, "q")
    async with reading(root) as it:
        assert shown(it) is it.library
        assert it.library.list.here == here
        assert it.library._sort == "outlet"
        assert it.last == "all is as you left it: < goes to the text"
        await it.keys("<")
        assert shown(it) is it.reader
        assert (it.column.article.id, it.column.cursor) == (SCMP, 3)


async def test_an_article_read_before_is_opened_where_it_was_left(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root, size=(80, 24)) as it:
        await it.keys("j j enter", "j " * 12, "q k enter q")
        await leave(it, "q")
    async with reading(root, size=(80, 24)) as it:
        await it.keys("j enter")
        assert it.column.article.id == REUTERS
        assert it.column.cursor == 12
        assert it.statement[:16] in it.screen


async def test_the_way_back_outlives_a_restart(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter j j G")
        await leave(it)
    async with reading(root) as it:
        await it.keys("<")
        assert it.last == "back: 1 of 2"
        assert it.column.cursor == 2


async def test_a_corrected_article_is_opened_at_the_same_words(tmp_path: Path) -> None:
    root = written(tmp_path / "w", a=f"Title\n\n{SENTENCES}")
    async with reading(root) as it:
        await it.keys("enter 2 0 }")
        assert it.statement == "Number 20 is here."
        await leave(it)
    file = root / "seeds/a.txt"
    file.write_text(file.read_text().replace("Number 3 is here.", "Number 3 was here. Quite so. And how."))
    async with reading(root) as it:
        assert it.statement == "Number 20 is here."
        assert "Number 20 is here." in it.screen
        await leave(it)
    file.write_text("Another title\n\nAll is new here. Nothing stayed.")
    async with reading(root) as it:
        assert it.statement == "Another title"


async def test_what_is_gone_is_left_out_and_the_rest_comes_back(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("space j space enter tab j f f f escape G")
        await leave(it)
    (root / "seeds" / f"{REWRITE}.txt").unlink()
    async with reading(root) as it:
        assert it.reader.open_now == [SCMP]
        await it.keys("< " * 9)
        assert it.last == "this is the first place"
        await leave(it)
    for path in (root / "seeds").iterdir():
        path.unlink()
    async with reading(root) as it:
        assert shown(it) is it.library
        await it.keys("< g u g o")
        assert it.app.is_running


async def test_the_last_tag_is_at_hand_again(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter t f")
        await leave(it)
    async with reading(root) as it:
        await it.keys("u j .")
        assert [claim.tags for claim in it.claims] == [("fact",)]


# --- where it is kept ---


async def test_reading_leaves_no_trace_in_the_folder_and_the_place_comes_back_all_the_same(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    before = tree(root)
    async with reading(root) as it:
        await it.keys("enter j j j")
        await leave(it)
    assert tree(root) == before
    async with reading(root) as it:
        assert it.column.cursor == 3
        await it.keys("t f")
        await leave(it)
    assert (root / ".variorum/reading/ada.json").is_file()
    async with reading(root) as it:
        assert it.column.cursor == 3


async def test_a_pause_in_reading_is_enough_to_keep_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.ui.keeper.SECONDS", 0.05)
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys("enter j j j")
        await it.pilot.pause(0.3)
        await it.app.workers.wait_for_complete()
    async with reading(root) as it:
        assert it.column.cursor == 3


async def test_each_reader_has_a_place_of_their_own(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root, annotator="ada") as it:
        await it.keys("enter j j j")
        await leave(it)
    async with reading(root, annotator="ben") as it:
        assert shown(it) is it.library
        await it.keys("enter")
        assert it.column.cursor == 0


async def test_of_two_windows_the_last_one_is_found_again(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as one:
        await one.keys("enter j j j")
        async with reading(root) as other:
            await other.keys("j enter j")
            await on_disk(other)
            await on_disk(one)
    async with reading(root) as it:
        assert (it.column.article.id, it.column.cursor) == (SCMP, 3)


BROKEN = (b"{", b"[" * 50_000, b'{"format":1,"panes":[1]}', b"\xff\xfe", b"")


@pytest.mark.parametrize("data", BROKEN)
async def test_a_file_that_cannot_be_read_is_said_once_and_set_aside(tmp_path: Path, data: bytes) -> None:
    root = seeds(tmp_path / "w")
    (root / ".variorum/reading").mkdir(parents=True, mode=0o700)
    (root / ".variorum").chmod(0o700)
    path = root / ".variorum/reading/ada.json"
    path.write_bytes(data)
    async with reading(root) as it:
        assert it.last.startswith("where you were reading is not known: .variorum/reading/ada.json: ")
        assert shown(it) is it.library
        await it.keys("enter j j")
        await leave(it)
    assert path.with_name("ada.json.unreadable").read_bytes() == data
    async with reading(root) as it:
        assert it.column.cursor == 2


async def test_what_a_newer_version_kept_is_left_for_it(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    (root / ".variorum/reading").mkdir(parents=True, mode=0o700)
    (root / ".variorum").chmod(0o700)
    path = root / ".variorum/reading/ada.json"
    path.write_bytes(b'{"format":9}')
    async with reading(root) as it:
        assert "a newer version" in it.last
        await it.keys("enter j j")
        await leave(it)
    assert path.read_bytes() == b'{"format":9}'


async def test_what_was_kept_may_name_anything(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    session = session_of(root)
    files = ReadingFiles.of(session.workspace, "ada", os.environ, may_record=True)
    session.close()
    state = ReadingState(
        is_reading=True,
        panes=[SCMP, SCMP, "../../x", REWRITE, REUTERS, NEWSWEEK, "\ud800\x1b[31m"],
        active=2**31,
        settings={"alone": "yes", "colleagues": 7, "sort": "\x1b", "tag": "no such tag", "else": 1},
        library="\x1b]0;x\x07",
        place=2**31,
    )
    files.write(encode(state))
    async with reading(root) as it:
        assert it.reader.open_now == [SCMP, REWRITE, REUTERS, NEWSWEEK]
        assert it.reader.last_tag is None
        await it.keys("j < > q")
        assert it.app.is_running


# --- what was read ---


def read(it: Reading, article: str) -> str:
    """What the Library says of an article in its column “read”."""
    title = it.session.articles[article].title.value[:20]
    return it.rows[it.find(title)[1]].split()[-2]


async def test_the_library_shows_how_much_of_each_article_was_read(tmp_path: Path) -> None:
    root = written(
        tmp_path / "w", a="Title of it\n\nOne. Two. Three. Four. Five. Six. Seven. Eight. Nine.", b="Other one\n\nX."
    )
    async with reading(root) as it:
        assert read(it, "a") == "·"
        await it.keys("enter 3 j q")
        assert read(it, "a") == "30%"
        assert "3 of 10 statements read" in it.screen
        await it.keys("enter", "j " * 9, "q")
        assert read(it, "a") == "100%"
        assert read(it, "b") == "·"
        await leave(it, "q")
    async with reading(root) as it:
        assert read(it, "a") == "100%"
        assert it.session._statements == {}, "no article was cut into statements to know that"


async def test_a_page_down_reads_what_stood_on_the_screen(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a=f"Title\n\n{SENTENCES}"), size=(80, 24)) as it:
        await it.keys("enter")
        seen = it.column.on_screen
        await it.keys("space")
        progress = it.app.keeper.progress(it.column.article)
        assert progress.read == min(seen.stop, it.column.cursor)
        assert progress.read > 8
        before = progress.read
        await it.keys("G")
        assert progress.read == before + 1, "a jump passes over the rest"
        await it.keys("j")
        assert progress.read == before + 2, "the end was read by one who tried to go on"


async def test_gu_goes_to_the_next_unread_statement_then_to_the_next_article(tmp_path: Path) -> None:
    root = written(
        tmp_path / "w", a="Title one\n\nOne. Two. Three. Four.", b="Title two\n\nFive. Six.", c="Title three\n\nX."
    )
    async with reading(root, size=(80, 24)) as it:
        await it.keys("enter j k g u")
        assert it.statement == "Two."
        await it.keys("g u")
        assert it.statement == "Three."
        await it.keys("g u")
        assert it.statement == "Four."
        await it.keys("g u")
        assert it.column.article.id == "b"
        assert it.last == "unread, in “Title two”"
        assert it.statement == "Title two"
        await it.keys("A L j j j g u")
        assert it.column.article.id == "c"
        await it.keys("g u g u")
        assert it.last == "everything is read: no statement is left, finished articles aside"
        await it.keys("<")
        assert it.last.startswith("back")


async def test_gu_goes_back_up_to_what_was_passed_over(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", a="Title one\n\nOne. Two. Three. Four.")) as it:
        await it.keys("enter G j k k g u")
        assert it.statement == "One."
        assert it.last == "unread, further up: to the end all is read"


# --- open questions ---


async def contradicted(it: Reading) -> None:
    """Three contradictions: two in the first article, one between the second and the third."""
    session, ends = it.session, []
    for article, position in ((SCMP, 2), (REWRITE, 3), (SCMP, 6), (REUTERS, 4), (REWRITE, 8), (REUTERS, 9)):
        ends.append(session.end_of(article, session.statements(article)[position].span))
    for one, other in ((0, 1), (2, 3), (4, 5)):
        session.do(gestures.contradiction(session.desk, ends[one], ends[other]))
    await it.settled()


async def test_go_goes_through_the_open_contradictions_by_place_and_around(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await contradicted(it)
        await it.keys("enter")
        seen = []
        for _ in range(4):
            await it.keys("g o")
            seen.append((it.column.article.id, it.column.cursor))
            assert it.reader.current is not None
            assert "open contradiction" in it.last
        assert seen == [(SCMP, 2), (SCMP, 6), (REWRITE, 8), (SCMP, 2)]
        await it.keys("e s r g o")
        assert it.column.cursor == 6
        await it.keys("g o g o")
        assert (it.column.article.id, it.column.cursor) == (SCMP, 6), "what is resolved is passed over"


async def test_go_leads_from_the_library_into_the_text_and_says_when_nothing_is_open(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w"), size=(80, 24)) as it:
        await it.keys("g o")
        assert it.last == "no question is open: no contradiction of yours, nothing to settle"
        await contradicted(it)
        await it.keys("j g o")
        assert (it.column.article.id, it.column.cursor) == (REWRITE, 8)
        await it.keys("<")
        assert it.last == "this is the first place"


async def test_go_leads_to_claims_to_settle_too(tmp_path: Path) -> None:
    root = written(tmp_path / "w", a=f"Title\n\n{SENTENCES}", b="Other\n\nText.")
    async with reading(root) as it:
        await it.keys("enter 5 } t f 3 } t f")
        await leave(it)
    file = root / "seeds/a.txt"
    file.write_text(file.read_text().replace("Number 8 is here", "Number 8 was there").replace("Title", "The title"))
    async with reading(root) as it:
        await it.keys("g g g o")
        assert it.statement == "Number 8 was there."
        assert it.last == "to settle: ! settles it"
        await it.keys("g o")
        assert it.last.startswith("the only open question of yours: to settle")
        await it.keys("! a g o")
        assert it.last.startswith("no question is open")
