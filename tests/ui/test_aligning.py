"""The other panes beside the statement at hand: aligned once, or kept so while reading."""

from pathlib import Path

from driving import DAILY, REWRITE, SCMP, Reading, reading, seeds, written

THREE = "space j space j space enter"
FERRY = {
    "a": "Lost\n\nThe ferry carried 250 people to the island. The captain had warned of the storm.\n\nPrices fell.\n",
    "b": "News\n\nIt was calm. Of the storm the captain had warned. Some 260 people were on the ferry to the island.\n",
    "c": "Other\n\nThe museum is closed.\n",
}


async def found(it: Reading) -> None:
    """Wait until the other thread has answered and the panes show it."""
    await it.pilot.pause(0.1)
    await it.app.workers.wait_for_complete()
    await it.settled()


def statement_in(it: Reading, position: int) -> str:
    column = it.reader.columns[position]
    return column.statement.of(column.article.text)


async def test_a_puts_the_other_panes_beside_what_is_most_like_it_and_says_how_like(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY), size=(140, 40)) as it:
        await it.keys(THREE, "j j a")
        await found(it)
        assert it.statement == "The captain had warned of the storm."
        assert statement_in(it, 1) == "Of the storm the captain had warned."
        assert it.last.startswith("2: similar 1.00"), "the same words in another order"
        assert "“the captain had warned”" in it.last
        assert it.last.endswith("3: nothing like it")
        assert it.reader.active == 0, "the active pane stays"


async def test_a_link_comes_before_what_is_similar_and_is_named_by_its_sign(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY), size=(140, 40)) as it:
        await it.keys(THREE, "j d tab tab j d")  # the ferry, and the museum
        await it.keys("tab k a")
        assert it.groups, "they are linked"
        await it.keys("j a")
        await found(it)
        assert "3: linked ≡a" in it.last
        assert "2: similar" in it.last


async def test_a_colleagues_links_count_as_long_as_they_are_shown(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(160, 40)) as it:
        await it.keys(THREE, "J a")
        await found(it)
        assert "2: linked ≡" in it.last
        claim = it.reader.columns[1].counterpart
        assert claim is not None
        assert claim.of(it.session.articles[REWRITE].text) == "the Chinese have not consented to doing so"
        await it.keys("O O a")
        await found(it)
        assert "linked" not in it.last


async def test_the_counterpart_is_marked_in_its_gutter_until_one_reads_on(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY), size=(140, 40)) as it:
        await it.keys(THREE, "j a")
        await found(it)
        assert any("»" in row and "260 people" in row for row in it.rows)
        await it.keys("tab j")
        assert any("»" in row for row in it.rows), "also while another pane is read"
        await it.keys("tab tab j")
        assert not any("»" in row for row in it.rows)


async def test_alone_there_is_nothing_to_align(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY)) as it:
        await it.keys("enter a")
        assert it.last == "there is no other pane to align: + opens one"
        await it.keys("g a")
        assert it.last == "there is no other pane to align: + opens one"


async def test_panes_are_kept_aligned_while_one_reads_and_one_without_a_good_counterpart_stays(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY), size=(140, 40)) as it:
        await it.keys(THREE, "g a")
        await found(it)
        assert "following" in it.header
        await it.keys("j j")
        await found(it)
        assert statement_in(it, 1) == "Of the storm the captain had warned."
        assert it.last.startswith("following · 2: similar")
        before = statement_in(it, 2)
        await it.keys("j")
        await found(it)
        assert it.statement == "Prices fell."
        assert statement_in(it, 1) == "Of the storm the captain had warned.", "nothing like it: it stays"
        assert statement_in(it, 2) == before
        await it.keys("g a")
        assert "following" not in it.header
        await it.keys("k k")
        await found(it)
        assert statement_in(it, 1) == "Of the storm the captain had warned."


async def test_going_over_to_an_aligned_pane_moves_nothing(tmp_path: Path) -> None:
    async with reading(written(tmp_path / "w", **FERRY), size=(140, 40)) as it:
        await it.keys(THREE, "g a j j")
        await found(it)
        here = it.statement
        await it.keys("tab")
        await found(it)
        assert statement_in(it, 0) == here


async def test_a_burst_of_keys_is_answered_at_once_and_the_panes_stand_beside_the_last(tmp_path: Path) -> None:
    async with reading(seeds(tmp_path / "w", example=True), size=(160, 40)) as it:
        await it.keys("space j j j space enter g a")
        await it.keys(*["j"] * 12, *["k"] * 3)
        await found(it)
        aligned = it.reader._aligned
        assert aligned is not None
        assert aligned.article == SCMP
        assert aligned.span.overlaps(it.column.statement)


async def test_in_an_article_of_another_language_or_of_nonsense_nothing_is_found_and_nothing_breaks(
    tmp_path: Path,
) -> None:
    texts = {"a": "Die Fähre sank. \u202e\x1b[31mHa.\n", "b": "\u3042" * 500, "c": "!" * 3000}
    async with reading(written(tmp_path / "w", **texts), size=(140, 40)) as it:
        await it.keys(THREE, "a")
        await found(it)
        assert it.last == "2: nothing like it · 3: nothing like it"


async def test_what_another_article_says_is_found_in_a_scrape_of_one_line(tmp_path: Path) -> None:
    scrape = " ".join(f"Sentence number {number} is about fish and nets." for number in range(60))
    texts = {"a": FERRY["a"], "b": f"{scrape} The captain had warned of a storm, they say. {scrape}"}
    async with reading(written(tmp_path / "w", **texts), size=(120, 30)) as it:
        await it.keys("space j space enter j j a")
        await found(it)
        assert statement_in(it, 1) == "The captain had warned of a storm, they say."
        assert DAILY not in it.session.articles
