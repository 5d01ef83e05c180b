"""Tags and spans: marking a claim and putting it right, in few keys, with the cursor at the place."""

from pathlib import Path

from driving import SCMP, reading, seeds, written


async def test_a_whole_statement_is_tagged_with_two_keys(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j")
        await it.keys("t f")
        (claim,) = it.claims
        assert claim.exact == it.statement
        assert (claim.tags, claim.article, claim.annotator) == (("fact",), SCMP, "ada")
        assert claim.created == "2026-11-21T20:00:00Z"
        assert any(row.strip().startswith("▌f") for row in it.rows)
        assert it.strip[0].startswith(" › fact · “")
        assert it.last == "tagged fact"


async def test_the_quotation_in_a_statement_is_tagged_with_four_keys(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j")
        await it.keys('v " t q')
        (claim,) = it.claims
        assert claim.exact.startswith("“If we agree")
        assert claim.exact.endswith("channels,”")
        assert claim.tags == ("quote",)


async def test_a_part_of_a_statement_is_tagged_with_six_keys_by_the_letters_of_its_words(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        await it.keys("v f")
        assert "the letter of the word to start with" in it.last
        x, y = it.find("China", below=4)
        start = it.rows[y][x - 1]
        await it.keys(start)
        assert "the letter of the word to end with" in it.last
        x, y = it.find("military", below=4)
        end = it.rows[y][x - 1]
        await it.keys(end)
        assert it.selection == "China still refuses to resume military"
        await it.keys("t f")
        assert it.claims[0].exact == "China still refuses to resume military"


async def test_the_end_of_a_selection_goes_by_words_characters_and_statements(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j j v b b")
        assert it.selection
        assert it.selection.endswith("Beijing’s Renmin")
        await it.keys("w")
        assert it.selection.endswith("Beijing’s Renmin University")
        await it.keys("l")
        assert it.selection.endswith("University.")
        await it.keys("h left right right")
        assert it.selection.endswith("University.")
        await it.keys("j")
        assert it.selection.endswith("ties with the island.")
        await it.keys("k k")
        assert it.selection.endswith("University.")
        await it.keys("o w")
        assert it.selection.startswith("remarks indicated"), "o moves the other end"
        await it.keys("b b")
        assert it.selection.endswith("University.")
        assert it.selection.startswith("added.\n\nBlinken’s remarks")
        await it.keys("v")
        assert it.selection is None


async def test_a_claim_may_reach_over_statements(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter v j t f")
        assert it.claims[0].exact.startswith("Why China")
        assert it.claims[0].exact.endswith("he added.")
        await it.keys("j")
        assert "fact" in it.strip[0]


async def test_escape_ends_the_selection_first_and_the_record_next(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f v")
        assert (it.selection or "").startswith("Why China")
        await it.keys("escape")
        assert it.selection is None
        assert it.strip[0].startswith(" ›")
        await it.keys("escape")
        assert not it.strip[0].startswith(" ›")
        assert len(it.claims) == 1


async def test_a_tag_is_changed_with_two_keys_and_the_claim_stays_the_same(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f j k")
        id = it.claims[0].id
        await it.keys("t o")
        assert [(claim.id, claim.tags) for claim in it.claims] == [(id, ("opinion",))]
        assert it.last == "tagged opinion instead of fact"
        await it.keys("t o")
        assert "tagged opinion already" in it.last


async def test_shift_adds_and_takes_off_tags_and_the_picker_stays(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t F U")
        assert [claim.tags for claim in it.claims] == [("fact", "unsourced")]
        assert "shift+letter adds" in it.screen
        assert len([row for row in it.rows if "✓" in row]) == 2
        await it.keys("F")
        assert [claim.tags for claim in it.claims] == [("unsourced",)]
        await it.keys("escape")
        assert "shift+letter" not in it.screen
        await it.keys("u u u")
        assert it.claims == []


async def test_a_tag_is_found_by_typing_its_name(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t /")
        await it.type("backgro")
        assert "prediction" not in it.screen
        await it.keys("enter")
        assert it.claims[0].tags == ("background",)
        await it.keys("j t / z z z z")
        assert "nothing found" in it.screen
        await it.keys("enter backspace backspace backspace backspace down enter")
        assert it.claims[1].tags == ("fact/figure",)


async def test_a_key_that_picks_nothing_says_so_and_the_picker_stays(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t z")
        assert "picks nothing" in it.last
        await it.keys("f")
        assert it.claims[0].tags == ("fact",)


async def test_the_dot_gives_the_last_tag_again(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter .")
        assert "no tag was given yet" in it.last
        await it.keys("t p j . j .")
        assert [claim.tags for claim in it.claims] == [("prediction",)] * 3


async def test_a_span_is_changed_in_three_keys_and_id_memo_and_links_stay(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j j d j d m n o t e escape")
        before = it.claims[-1] if it.claims[-1].span.start > it.claims[0].span.start else it.claims[0]
        await it.keys("v b r")
        after = it.session.records.claim(before.id)
        assert after is not None
        assert after.span.end < before.span.end
        assert after.exact == after.span.of(it.column.article.text)
        assert it.groups[0].claims.count(before.id) == 1
        await it.keys("r")
        assert "v selects first" in it.last


async def test_the_start_of_a_span_is_changed_with_five_keys(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f j k")
        await it.keys("v o w r")
        assert [claim.exact.split()[:2] for claim in it.claims] == [["China", "still"]]


async def test_where_a_statement_has_several_claims_a_letter_says_which(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter j v b t f v o w t q j k")
        assert len(it.claims) == 2
        await it.keys("t")
        assert "tag which claim?" in it.screen
        assert "the whole statement" in it.screen
        await it.keys("a o")
        assert len(it.claims) == 2
        assert "opinion" in it.claims[0].tags + it.claims[1].tags
        await it.keys("j k t c p")
        assert len(it.claims) == 3
        assert it.claims[-1].exact == it.statement


async def test_overlapping_claims_are_all_marked_and_their_text_can_be_read(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter")
        left = it.column.pane.text_left
        plain = [row[left : left + 72] for row in it.rows[4:30]]
        for tag in "fqonpbu":
            await it.keys("v b o w t", tag, "v b o w t", tag)
        assert len(it.claims) > 1
        assert [row[left : left + 72] for row in it.rows[4:30]] == plain
        at = it.claims[-1].span.start
        marks = it.column.page.marks.between(at, at + 1)[0][2]
        assert len(marks) == len([claim for claim in it.claims if at in claim.span])


async def test_deleting_says_what_went_with_it_and_undo_brings_it_all_back(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f c j c d")
        assert len(it.contradictions) == 1
        await it.keys("K x")
        assert "deleted the claim and a contradiction with it; u brings it back" in it.last
        assert it.contradictions == []
        assert len(it.claims) == 1
        await it.keys("u")
        assert (len(it.claims), len(it.contradictions)) == (2, 1)
        await it.keys("ctrl+r")
        assert (len(it.claims), len(it.contradictions)) == (1, 0)


async def test_undo_and_redo_go_step_by_step_and_say_so_at_their_ends(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter u")
        assert "nothing to undo" in it.last
        await it.keys("t f t o u")
        assert it.last == "undone: tagged opinion instead of fact"
        assert it.claims[0].tags == ("fact",)
        await it.keys("ctrl+r")
        assert it.claims[0].tags == ("opinion",)
        await it.keys("ctrl+r")
        assert "nothing to do again" in it.last
        await it.keys("u u")
        assert it.claims == []
        assert not any(row.strip().startswith("▌f") for row in it.rows)


async def test_an_undo_elsewhere_leaves_the_keys_acting_on_what_is_seen_here(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("space j space enter t f t o tab j u t q")
        first, second = it.claims
        assert (first.article, first.tags) == (SCMP, ("fact",))
        assert second.exact == it.statement


async def test_a_finished_article_is_marked_and_unmarked(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w")) as it:
        await it.keys("enter t f A")
        assert it.last == "article finished"
        assert it.strip[0].startswith(" ›"), "the claim stays current"
        note = it.session.records.note(SCMP)
        assert note
        assert note.finished
        await it.keys("A")
        assert it.session.records.note(SCMP) is None


async def test_words_by_letter_are_those_on_the_screen_in_a_statement_longer_than_it(tmp_path: Path) -> None:
    text = "Begin " + " ".join(f"word{number}" for number in range(3000)) + " end."
    async with reading(written(tmp_path / "w", a=text), size=(80, 24)) as it:
        await it.keys("enter space space v f")
        assert "the letter of the word" in it.last
        await it.keys("a s")
        assert it.selection is not None
        assert it.selection.split()[0] in it.screen
