"""What came from colleagues since one looked last."""

from pathlib import Path

import pytest
from driving import DAILY, REWRITE, SCMP, reading, seeds
from teaming import look, marks

BALLOON, CHANNELS = "balloon", "channels"


async def test_who_reads_for_the_first_time_has_nothing_new(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    async with reading(root) as it:
        await look(it)
        assert "new from" not in it.screen
        await it.keys("g n")
        assert it.last.startswith("nothing is new")


async def test_what_came_since_the_last_time_is_counted_in_the_library_and_marked_in_the_margin(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w", example=True)
    async with reading(root) as it:
        await look(it)
        await it.keys("j Q")
    marks(root, "ben", (SCMP, BALLOON), (SCMP, CHANNELS), (REWRITE, BALLOON))
    marks(root, "eva", (SCMP, BALLOON))
    async with reading(root) as it:
        await look(it)
        assert "3 new from ben, 1 from eva" in it.header
        assert it.last == "3 new from ben, 1 from eva: gn goes there"
        assert any("•3" in row and "Why China" in row for row in it.rows)
        assert any("•1" in row for row in it.rows)
        await it.keys("k")
        assert "• 2 new from ben, 1 from eva" in it.screen
        await it.keys("enter")
        assert "•f" in it.screen


async def test_what_comes_while_one_looks_at_the_library_is_counted_in_its_first_line(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await look(it)
        marks(root, "ben", (SCMP, BALLOON))
        await look(it)
        assert it.last == "1 new from ben: gn goes there"
        assert "1 new from ben" in it.header
        marks(root, "ben", (SCMP, CHANNELS))
        await look(it)
        assert "2 new from ben" in it.header


async def test_a_new_record_is_seen_once_one_was_at_it_and_stays_seen(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await look(it)
        await it.keys("Q")
    marks(root, "ben", (SCMP, BALLOON), (DAILY, BALLOON))
    async with reading(root) as it:
        await look(it)
        await it.keys("enter g n")
        assert BALLOON in it.statement
        assert "new  ben" in it.strip[0]
        assert it.last == "new from ben"
        await it.keys("j")
        assert "•f" not in it.screen
        assert "·f" in it.screen
        await it.keys("L")
        assert "1 new from ben" in it.header
        await it.keys("Q")
    async with reading(root) as it:
        await look(it)
        await it.keys("g n")
        assert it.column.article.id == DAILY
        assert it.last.startswith("new from ben, in ")
        await it.keys("g n")
        assert it.last.startswith("nothing else is new")
        await it.keys("Q")
    async with reading(root) as it:
        await look(it)
        assert "new from" not in it.screen


async def test_one_key_lets_all_count_as_seen(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await look(it)
        await it.keys("Q")
    marks(root, "ben", (SCMP, BALLOON), (REWRITE, BALLOON))
    async with reading(root) as it:
        await look(it)
        await it.keys("g N")
        assert it.last == "seen: 2 new from ben"
        assert "new from" not in it.header
        assert "•" not in "".join(it.rows)
        await it.keys("g N")
        assert it.last == "nothing is new"


async def test_where_colleagues_are_hidden_the_key_says_what_shows_them(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await look(it)
        await it.keys("enter O O")
        marks(root, "ben", (SCMP, BALLOON))
        await look(it)
        await it.keys("g n")
        assert it.last == "colleagues' records are hidden: O shows them"
        await it.keys("O g n")
        assert it.last == "new from ben"


@pytest.mark.parametrize("size", [(80, 24), (50, 24)])
async def test_the_library_says_what_is_new_in_a_small_window_too(tmp_path: Path, size: tuple[int, int]) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await look(it)
        await it.keys("Q")
    marks(root, "ben", *((article, BALLOON) for article in (SCMP, REWRITE, DAILY)))
    async with reading(root, size=size) as it:
        await look(it)
        assert "3 new from ben" in it.last
        assert sum("•1" in row for row in it.rows) == 3


async def test_what_the_strip_has_no_room_for_is_not_seen(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await look(it)
        await it.keys("Q")
    for name in ("ben", "eva", "fay", "gus", "hal", "ida"):
        marks(root, name, (SCMP, BALLOON))
    async with reading(root, size=(80, 24)) as it:
        await look(it)
        await it.keys("enter g n")
        assert "more" in it.strip[-1]
        first = it.strip[0]
        await it.keys("g n")
        assert it.last.startswith("new from ")
        assert it.strip[0] != first
        seen = {it.last}
        for _ in range(8):
            await it.keys("g n")
            if not it.last.startswith("new from "):
                break
            seen.add(it.last)
        assert it.last.startswith("nothing else is new")
        assert "new from ida" in seen


async def test_the_library_names_the_key_to_what_is_new_only_while_something_is(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await look(it)
        await it.keys("enter t f L Q")
    marks(root, "ben", (SCMP, BALLOON))
    async with reading(root, size=(80, 24)) as it:
        await look(it)
        await it.keys("j k")
        assert "gn new" in it.last
        await it.keys("g n")
        await it.keys("L")
        assert "new from" not in it.header
        assert "gn" not in it.last
