"""A link whose other claim is not there, by a slip in links.yaml: seen, said, and whole again once it is mended."""

from pathlib import Path

from driving import Reading, reading, seeds

TWO = "space j space enter"


async def linked(root: Path, *, three: bool = False) -> str:
    """A contradiction of two claims or three, exported; the id of the claim that another article has."""
    async with reading(root) as it:
        await it.keys(TWO, "c tab c n")
        if three:
            await it.keys("j j C")
        await it.keys("E")
        await it.app.workers.wait_for_complete()
        return it.session.ends_of(it.contradictions[0])[1].id


def mistype(root: Path, id: str, typed: str = "c000000000000") -> None:
    file = root / "annotations/ada/links.yaml"
    file.write_text(file.read_text().replace(id, typed))


def row_of(it: Reading) -> str:
    return next(row for row in it.strip if "≠" in row)


async def test_the_strip_says_that_the_other_end_is_missing_and_enter_says_where_to_look(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    id = await linked(root)
    mistype(root, id)
    async with reading(root, size=(80, 24)) as it:
        assert "1 link of yours names a claim that is not there" in it.screen
        await it.keys(TWO, "J")
        assert "≠ number   its other end is missing" in row_of(it)
        await it.keys("enter")
        assert it.last == "its other end is missing: variorum check names the line in links.yaml"
    mistype(root, "c000000000000", id)
    async with reading(root) as it:
        await it.keys(TWO, "J")
        assert "missing" not in row_of(it)
        await it.keys("enter")
        assert it.column.article.id.startswith("001")


async def test_of_three_ends_the_one_that_is_missing_is_counted_beside_the_one_that_is_there(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    mistype(root, await linked(root, three=True))
    async with reading(root) as it:
        await it.keys(TWO, "J")
        assert row_of(it).rstrip().endswith("1 end is missing, open")


async def test_of_four_ends_the_one_that_is_missing_is_counted_after_those_that_are_there(tmp_path: Path) -> None:
    root = seeds(tmp_path / "w")
    async with reading(root) as it:
        await it.keys(TWO, "c tab c n j j C j j C E")
        await it.app.workers.wait_for_complete()
        id = it.session.ends_of(it.contradictions[0])[1].id
    mistype(root, id)
    for size in ((120, 40), (80, 24)):
        async with reading(root, size=size) as it:
            await it.keys(TWO, "J J")
            assert len(it.session.ends_of(it.contradictions[0])) == 3
            assert any(row.rstrip().endswith("1 end is missing") for row in it.strip)
