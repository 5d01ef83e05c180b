"""What a merge left open is settled in the application: every version before one's eyes, each with its key."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from driving import REUTERS, Reading, controls_in, reading, seeds, session_of
from session_samples import findings
from teaming import look, marks, opened
from two_machines import (
    AVOIDANCE,
    CORE,
    changed,
    claim_of,
    git,
    link_of,
    marks_three,
    merged,
    says,
    work,
)

from tui.model.changes import Change
from tui.model.records import Claim, Record, Status
from tui.session import gestures
from tui.session.conflicting import Side, disputes_of, settle
from tui.session.gestures import Gesture
from tui.session.session import Session
from tui.store.fit import key_of

FIVE = "memo of a contradiction", "gist of a claim", "memo of a claim", "memo on an article", "memo of a remark"
"""What the merge leaves open, in the order in which one goes through it."""


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two machines that said something else of five records, after a pull; not to be changed."""
    return merged(tmp_path_factory.mktemp("team"), marks_three, says("here"), says("there")).parent


@pytest.fixture
def root(pulled: Path, tmp_path: Path) -> Path:
    """A copy of the machine that pulled, with the other one and the repository between them beside it."""
    shutil.copytree(pulled, tmp_path / "team")
    git(tmp_path / "team" / "here", "remote", "set-url", "origin", str(tmp_path / "team" / "origin.git"))
    git(tmp_path / "team" / "there", "remote", "set-url", "origin", str(tmp_path / "team" / "origin.git"))
    return tmp_path / "team" / "here"


def yaml_of(root: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((root / "annotations" / "ada").glob("*.yaml")))


def versions(it: Reading) -> list[str]:
    """The rows below the line, as they are on the screen."""
    return [row.strip() for row in it.rows[it.app.screen.query_one("#versions").region.y : -1] if row.strip()]


async def test_the_library_says_what_is_to_be_settled_and_one_key_leads_to_the_first(root: Path) -> None:
    async with reading(root, size=(80, 24)) as it:
        assert it.last == "5 conflicts of a merge to settle, in the Reader"
        assert "5 to settle" in it.header
        assert sum("!3" in row or "!1" in row for row in it.rows) == 2
        await it.keys("k")
        assert it.last.startswith("! settle")
        await it.keys("!")
        assert FIVE[0] in it.screen
        assert "1 of 5" in it.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_all_three_versions_are_before_ones_eyes_each_with_its_key(root: Path, size: tuple[int, int]) -> None:
    async with reading(root, size=size) as it:
        await it.keys("! n")
        assert FIVE[1] in it.screen
        assert "absolute prevention and" in it.screen, "the words of the claim stand above"
        rows = "\n".join(versions(it))
        assert [rows.index(words) for words in ("o  ours", "the here gist", "t  theirs", "the there gist", "b  base")]
        assert "not set" in rows
        assert "stands in the record" in next(row for row in versions(it) if "ours" in row)
        assert it.last.startswith("o ours  t theirs  b base  e edit")


async def test_the_words_that_differ_are_underlined_and_not_only_coloured(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("! n")
        screen = it.app.screen
        marked = {
            segment.text.strip()
            for strip in screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and segment.style.underline and segment.text.strip()
        }
        assert marked == {"here", "there"}


@pytest.mark.parametrize(("key", "gist"), [("o", "the here gist of it"), ("t", "the there gist of it"), ("b", None)])
async def test_a_letter_takes_a_version_as_one_step_that_can_be_undone_after_a_restart(
    root: Path, key: str, gist: str | None
) -> None:
    async with reading(root) as it:
        await it.keys("! n", key)
        claim = claim_of(it.session, AVOIDANCE)
        assert (claim.gist, claim.conflicts) == (gist, ())
        assert it.last.startswith("gist settled: ")
        assert it.last.endswith("; 4 to settle, u takes it back")
        assert "2 of 4" in it.screen, "the next one is shown"
        await it.saved()
        assert "saved" in it.header
    async with reading(root) as it:
        assert claim_of(it.session, AVOIDANCE).gist == gist
        await it.keys("u")
        claim = claim_of(it.session, AVOIDANCE)
        assert claim.gist == "the here gist of it"
        assert len(claim.conflicts) == 1
        await it.keys("! n u")
        assert FIVE[1] in it.screen


async def test_everything_is_settled_in_a_row_and_then_one_is_back_where_one_was(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("!")
        for words in FIVE:
            assert words in it.screen
            await it.keys("t")
        assert it.app.screen is it.library
        assert it.last == "memo settled: theirs; nothing more to settle"
        assert "to settle" not in "\n".join(it.rows[:-1])
        await it.keys("!")
        assert it.last == "there is nothing to settle: no merge and no changed article left anything open"
        assert not [record for record in it.session.records.records() if record.conflicts]


async def test_what_was_settled_is_the_merge_and_merging_again_changes_nothing(root: Path) -> None:
    there = root.parent / "there"
    async with reading(root) as it:
        await it.keys("! t o t o t E")
        await it.saved()
        await it.found()
        settled = {record.id: record for record in it.session.records.records()}
    assert "conflicts" not in yaml_of(root)
    assert [each for each in findings(root, "ada") if each.kind == "conflict"] == []
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "settled")
    git(root, "push", "-q", "origin", "main")
    # The other machine goes on meanwhile, with a record that was not in question, and pulls.
    work(there, lambda session: changed(session, claim_of(session, CORE), tags=("opinion",)))
    git(there, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert "conflicts" not in yaml_of(there)
    session = opened(there, "ada")
    try:
        core = claim_of(session, CORE)
        assert core.tags == ("opinion",)
        before_it = settled[core.id]
        assert isinstance(before_it, Claim)
        found = {record.id: record for record in session.records.records()}
        assert found == settled | {core.id: replace(before_it, tags=("opinion",))}
    finally:
        session.close()
    before = yaml_of(there)
    assert "Already up to date" in git(there, "merge", "origin/main")
    assert yaml_of(there) == before
    git(there, "push", "-q", "origin", "main")
    git(root, "pull", "-q", "origin", "main")
    assert yaml_of(root) == before


async def test_escape_leaves_it_for_later_and_nothing_is_changed(root: Path) -> None:
    before = yaml_of(root)
    async with reading(root) as it:
        await it.keys("! escape")
        assert it.app.screen is it.library
        await it.keys("! n n N !")
        assert it.app.screen is it.library
        assert len(it.session.disputes) == 5
        await it.keys("E")
        await it.found()
    assert yaml_of(root) == before


# --- writing ---


async def test_a_gist_is_written_by_hand_beginning_with_a_version(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("! n e t")
        await it.type(", and more")
        await it.keys("enter")
        claim = claim_of(it.session, AVOIDANCE)
        assert (claim.gist, claim.conflicts) == ("the there gist of it, and more", ())
        assert it.last.startswith("gist settled: written anew")


async def test_a_gist_that_is_too_long_is_said_and_nothing_is_lost(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("! n e t")
        await it.type(" and" * 20)
        await it.keys("enter")
        assert "a gist has at most 75 characters" in it.screen
        assert len(claim_of(it.session, AVOIDANCE).conflicts) == 1


async def test_of_memos_both_can_be_kept_one_after_the_other(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("! e")
        assert "both, one after the other" in it.screen
        await it.keys("2 escape")
        link = link_of(it.session)
        assert (link.memo, link.conflicts) == ("seen from here\n\nseen from there", ())


async def test_a_long_memo_is_scrolled_and_what_differs_in_it_is_said_above(root: Path) -> None:
    async with reading(root, size=(80, 24)) as it:
        await it.keys("! n n")
        assert "ours here  theirs there" in it.screen
        assert "Ends here." not in it.screen
        await it.keys("space space")
        assert "Ends here." in it.screen
        await it.keys("pageup pageup pageup pageup")
        assert "o  ours" in it.screen


async def test_what_can_only_be_taken_is_said(root: Path) -> None:
    def tells(session: Session) -> None:
        changed(session, claim_of(session, AVOIDANCE), from_="ben/c0ngvnycfhzqs")

    session = session_of(root)
    tells(session)
    entry = {"field": "from", "base": None, "ours": "ben/c0ngvnycfhzqs", "theirs": "import"}
    changed(session, claim_of(session, AVOIDANCE), conflicts=(entry,))
    async with reading(root, session=session) as it:
        await it.keys("! n")
        assert "origin of a claim" in it.screen
        await it.keys("e")
        assert it.last == "origin: take one of the versions; it can be edited in the Reader then"
        await it.keys("t")
        assert claim_of(it.session, AVOIDANCE).from_ == "import"


# --- whole records ---


def deletes(session: Session) -> None:
    session.do(gestures.delete(session.desk, claim_of(session, AVOIDANCE)))


def gives_a_gist(session: Session) -> None:
    changed(session, claim_of(session, AVOIDANCE), gist="worth keeping")


@pytest.mark.parametrize("kept", [True, False])
async def test_a_record_that_one_machine_deleted_is_kept_or_deleted_whole(tmp_path: Path, kept: bool) -> None:
    root = merged(tmp_path, marks_three, gives_a_gist, deletes)
    async with reading(root) as it:
        await it.keys("!")
        assert "the whole claim" in it.screen
        rows = versions(it)
        assert rows[rows.index(next(row for row in rows if "theirs" in row)) + 1] == "deleted"
        assert "gist: worth keeping" in it.screen
        assert "stands in the record" in next(row for row in rows if "ours" in row)
        assert it.last.startswith("o ours  t theirs"), "as it stands is ours"
        await it.keys("o" if kept else "t")
        claims = [one.exact for one in it.session.records.records() if isinstance(one, Claim)]
        assert (AVOIDANCE in claims) is kept
        assert it.last.startswith("kept the whole claim, ours" if kept else "deleted the claim")
        await it.keys("E")
        await it.saved()
        await it.found()
    assert "conflicts" not in yaml_of(root)
    assert not [each for each in findings(root, "ada") if each.kind in ("conflict", "malformed")]


async def test_the_strip_names_a_whole_record_by_what_it_says(tmp_path: Path) -> None:
    def says_when(session: Session) -> None:
        changed(session, claim_of(session, AVOIDANCE), when="2023-02")

    root = merged(tmp_path, marks_three, deletes, says_when)
    async with reading(root) as it:
        await it.keys("! enter")
        (row,) = [each for each in it.strip if "the whole claim" in each]
        assert "ours deleted  theirs “" in row
        assert "exact" not in row
        await it.keys("!")
        assert "words quoted: " in it.screen


# --- in the Reader ---


async def test_the_reader_marks_it_in_the_gutter_and_the_strip_and_settles_it_with_the_same_key(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter")
        assert it.rows[3].endswith("3 to settle")
        assert it.last.startswith("! settle")
        await it.keys("!")
        assert any("! memo" in row and "theirs seen from there" in row for row in it.strip)
        await it.keys("!")
        assert FIVE[0] in it.screen
        await it.keys("o escape")
        assert it.rows[3].endswith("2 to settle")
        await it.keys("!")
        assert AVOIDANCE in it.statement.replace("\n", " ")
        await it.keys("! b escape")
        assert claim_of(it.session, AVOIDANCE).gist is None


async def test_everything_about_a_record_tells_its_versions(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter ! ! n enter i")
        assert "a merge left 1 conflict: ! settles it" in it.screen
        for words in ("the here gist of it", "the there gist of it", "not set"):
            assert words in it.screen


async def test_the_next_open_question_leads_to_it_also_where_it_has_no_place_in_a_text(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("enter g o")
        assert it.last == "a merge left this open: ! settles it"
        await it.keys("! o escape g o")
        assert it.last == "a merge left this open: ! settles it"
        assert AVOIDANCE in it.statement.replace("\n", " ")
        # What can be gone to in a text comes first.
        it.session.do(gestures.set_status(link_of(it.session), Status.RESOLVED))
        await it.keys("! o o o escape g o")
        assert FIVE[4] in it.screen
        assert "1 of 1" in it.screen


async def test_the_list_of_what_is_open_has_what_has_no_place_in_a_text(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("g !")
        for words in ("conflict · memo · remark on ben’s record", "conflict · memo · note on the article “Xi re"):
            assert words in it.screen
        await it.keys("e")
        assert FIVE[4] in it.screen
        assert "so they say there" in it.screen


async def test_a_link_of_which_the_claims_are_gone_is_settled_too(root: Path) -> None:
    session = session_of(root)
    link = link_of(session)
    for id in link.claims:
        claim = session.records.claim(id)
        session.do(Gesture("lost", (Change(claim, None),)))
    async with reading(root, session=session) as it:
        await it.keys("g !")
        it.find("conflict · memo · contradiction")
        await it.keys("/")
        await it.type("contradiction")
        await it.keys("enter")
        assert "and 2 ends more" in it.screen
        await it.keys("t")
        assert link_of(it.session).memo == "seen from there"


# --- remarks on what is gone ---


async def test_a_remark_on_what_is_gone_is_found_and_deleted(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    marks(root, "ben", (REUTERS, "Beijing"))
    async with reading(root) as it:
        await it.keys("j j enter J R c")
        await it.type("where in it?")
        await it.keys("escape")
        assert len(it.session.records.remarks()) == 1
        shutil.rmtree(root / "annotations" / "ben")
        await look(it)
        await it.keys("g !")
        assert "remark on what is gone · “where in it?”" in it.screen
        await it.keys("enter")
        assert "which is not there" in it.screen
        assert "where in it?" in it.screen
        assert it.last == "x deletes it  esc leaves it  ? keys"
        await it.keys("o")
        assert it.last == "x deletes this remark, escape leaves it as it is"
        await it.keys("x")
        assert it.session.records.remarks() == ()
        assert it.app.screen is it.reader
        assert it.last == "deleted the remark; nothing more to settle"
        await it.keys("u")
        assert len(it.session.records.remarks()) == 1


# --- what must not go wrong ---


async def test_where_nothing_can_be_recorded_nothing_is_settled_and_it_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(root)
    monkeypatch.setattr(type(session), "read_only", property(lambda _self: "the disk is write-protected"))
    async with reading(root, session=session) as it:
        for keys in ("! t", "e"):
            await it.keys(keys)
            assert it.last == "the disk is write-protected", keys
        assert len(it.session.disputes) == 5


async def test_hostile_versions_are_shown_as_text_and_obeyed_by_nothing(root: Path) -> None:
    session = session_of(root)
    words = "[red]\x1b[31m\u202eevil\x07 \u2066[/red]\n```"
    entries = (
        {"field": "memo", "base": words, "ours": words, "theirs": f"{words} more"},
        {"field": words, "base": None, "ours": [1, {"a": words}], "theirs": {"b": [words]}},
        "an entry that nobody can read \x1b]0;title\x07",
    )
    changed(session, claim_of(session, AVOIDANCE), conflicts=entries)
    async with reading(root, session=session) as it:
        await it.keys("enter g !")
        assert not controls_in(it.rows)
        await it.keys("escape ! !")
        for _ in range(4):
            await it.keys("n")
            assert not controls_in(it.rows)
        while claim_of(it.session, AVOIDANCE).conflicts:
            left = len(claim_of(it.session, AVOIDANCE).conflicts)
            it.app.rooms.show_settling(next(disputes_of(claim_of(it.session, AVOIDANCE))))
            await it.keys("t s")
            assert len(claim_of(it.session, AVOIDANCE).conflicts) < left
            assert not controls_in(it.rows)
        assert not claim_of(it.session, AVOIDANCE).conflicts


async def test_what_another_window_settles_is_not_asked_any_more(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("! n")
        claim = claim_of(it.session, AVOIDANCE)
        it.session.do(Gesture("settled elsewhere", (Change(claim, replace(claim, conflicts=())),)))
        await it.settled()
        assert FIVE[1] not in it.screen
        assert "2 of 4" in it.screen


async def test_a_pull_while_one_reads_says_what_is_to_be_settled(tmp_path: Path) -> None:
    root = merged(tmp_path, marks_three, lambda _session: None, says("there"))
    work(tmp_path / "there", lambda session: changed(session, claim_of(session, CORE), gist="there"))
    git(tmp_path / "there", "push", "-q", "origin", "main")
    work(root, lambda session: changed(session, claim_of(session, CORE), gist="here"))
    async with reading(root) as it:
        await it.keys("enter")
        git(root, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
        await look(it)
        await it.settled()
        assert "1 to settle: ! goes there" in it.last
        await it.keys("! ! t")
        assert claim_of(it.session, CORE).gist == "there"


async def test_a_click_chooses_a_version_and_a_second_one_takes_it(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("! n")
        x, y = it.find("the there gist of it")
        await it.click(x, y)
        assert len(it.session.disputes) == 5
        await it.click(x, y, times=2)
        assert claim_of(it.session, AVOIDANCE).gist == "the there gist of it"


async def test_the_way_back_leads_to_what_is_open_now_and_says_where_nothing_is(root: Path) -> None:
    async with reading(root) as it:
        await it.keys("! n enter")
        assert it.app.screen is it.reader
        await it.keys("<")
        assert FIVE[1] in it.screen
        await it.keys("enter")
        for dispute in it.session.disputes.all():
            it.session.do(settle(it.session.desk, next(disputes_of(now(it, dispute.record))), Side.OURS))
        await it.keys("<")
        assert "nothing more to settle" in it.screen
        await it.keys("t")
        assert it.last == "nothing more is to be settled"
        await it.keys("escape")
        assert it.app.screen is it.reader


def now(it: Reading, record: Record) -> Record:
    found = it.session.records.standing(key_of(record))
    assert found is not None
    return found
