"""The overview: an article squeezed into the height of its pane."""

from collections.abc import Mapping

import pytest

from tui.ui.signs import SIGNS
from tui.ui.widgets.overview import Overview, SignsIn
from tui.ui.widgets.page import Sign


def sign(text: str, *, own: bool = True) -> Sign:
    return Sign(0, text, "primary bold" if own else "primary", text[:1], own)


TAG, GROUP, CLASH, OPEN = "f", f"{SIGNS.duplicate}aa", SIGNS.contradiction, SIGNS.unsettled


def made(height: int, rows: int, signs: Mapping[int, list[Sign]]) -> Overview:
    """An overview of these signs by row, all of it worked out."""
    overview = Overview(height, rows, signs_of(signs))
    overview.go_on(overview.height)
    return overview


def signs_of(signs: Mapping[int, list[Sign]]) -> SignsIn:
    return lambda first, end: [(row, sign) for row in range(first, end) for sign in signs.get(row, ())]


def drawn(overview: Overview) -> str:
    return "".join(overview.pieces(y, 0)[1][0] for y in range(overview.height))


def bars(overview: Overview, top: int) -> str:
    return "".join(overview.pieces(y, top)[0][0] for y in range(overview.height))


def test_every_row_of_the_article_has_its_place_and_the_ends_are_the_ends() -> None:
    for height, rows in [(10, 11), (10, 1000), (7, 23), (1, 5), (40, 41)]:
        overview = Overview(height, rows)
        places = [overview.y_of(row) for row in range(rows)]
        assert places == sorted(places)
        assert set(places) == set(range(height))
        assert all(overview.y_of(overview.row_at(y)) == y for y in range(height))


def test_what_matters_most_is_the_sign_of_many_rows() -> None:
    signs = {0: [sign(TAG)], 3: [sign(TAG), sign(GROUP)], 12: [sign(GROUP), sign(CLASH)], 15: [sign(OPEN)]}
    assert drawn(made(10, 100, signs)) == f"{SIGNS.duplicate}{SIGNS.unsettled}{' ' * 8}"
    assert drawn(made(50, 100, signs))[:8] == f"{SIGNS.rule}{SIGNS.duplicate}    {SIGNS.clash}{SIGNS.unsettled}"


def test_a_colleagues_record_is_told_from_ones_own_without_colour() -> None:
    dot = Sign(0, SIGNS.none, "faint", SIGNS.none, own=False)
    overview = made(10, 100, {0: [dot, sign(TAG, own=False)], 50: [sign(TAG)], 60: [dot, sign(CLASH, own=False)]})
    assert overview.pieces(0, 0)[1] == (SIGNS.none, "primary")
    assert overview.pieces(5, 0)[1] == (SIGNS.rule, "primary bold")
    assert overview.pieces(6, 0)[1] == (SIGNS.clash, "primary"), "one's own would be bold"


def test_ones_own_record_comes_before_a_colleagues_of_its_kind() -> None:
    overview = made(10, 100, {0: [sign(CLASH, own=False)], 1: [sign(CLASH)]})
    assert overview.pieces(0, 0)[1] == (SIGNS.clash, "primary bold")


def test_a_bar_says_what_stretch_is_on_the_screen() -> None:
    overview = Overview(10, 40)
    assert bars(overview, 0) == f"{SIGNS.between * 3}{' ' * 7}"
    assert bars(overview, 30) == f"{' ' * 7}{SIGNS.between * 3}"
    assert bars(overview, 31) == f"{' ' * 7}{SIGNS.between * 3}", "the empty row below the text is no row of it"
    assert SIGNS.between in bars(Overview(10, 100_000), 99_990), "however little of the article is on the screen"


@pytest.mark.parametrize(("height", "rows"), [(10, 10), (10, 3), (0, 5), (0, 0), (5, 0)])
def test_where_all_is_on_the_screen_no_overview_is_needed(height: int, rows: int) -> None:
    assert not made(height, rows, {0: [sign(TAG)]}).is_needed


def test_a_click_goes_to_the_first_record_of_its_stretch() -> None:
    overview = made(10, 100, {27: [sign(TAG)], 23: [sign(TAG)], 90: []})
    assert overview.row_at(2) == 23
    assert overview.row_at(5) == 50
    assert overview.row_at(0) == 0


def test_what_a_search_found_is_shown_beside_the_signs() -> None:
    overview = made(10, 100, {50: [sign(TAG)]})
    found = {50, 51, 99}
    assert overview.find(lambda first, end: not found.isdisjoint(range(first, end))) == {5, 9}
    assert bars(overview, 0) == f"{SIGNS.between}    {SIGNS.pointer}   {SIGNS.pointer}"
    assert overview.pieces(5, 0)[1][0] == SIGNS.rule
    found.remove(99)
    assert overview.find(lambda first, end: not found.isdisjoint(range(first, end))) == {9}
    assert overview.find(lambda _first, _end: False) == {5}


def test_only_the_rows_that_look_different_are_named() -> None:
    signs = {10: [sign(TAG)], 50: [sign(CLASH)], 90: [sign(TAG)]}
    overview = made(10, 100, signs)
    after = {10: [sign(TAG)], 13: [sign(TAG)], 31: [sign(GROUP)], 55: [sign(CLASH)], 70: [sign(TAG)]}
    signs.clear()
    signs.update(after)
    overview.renew(13, 40)
    assert set(overview.go_on(overview.height)) == {3, 7, 9}
    assert drawn(overview) == drawn(made(10, 100, after))
    assert overview.row_at(5) == 55
    assert overview.row_at(9) == 90, "the first row, where nothing is recorded any more"
    overview.renew(0, 20)
    assert overview.go_on(overview.height) == []


def test_what_is_on_the_screen_is_worked_out_first_and_the_rest_by_and_by() -> None:
    signs: dict[int, list[Sign]] = {}
    overview = made(10, 100, signs)
    signs.update({row: [sign(TAG)] for row in range(100)})
    assert overview.renew(35, 54) == 3
    assert overview.go_on(3) == [3, 4, 5]
    assert overview.is_due
    assert overview.go_on(overview.height) == [0, 1, 2, 6, 7, 8, 9]
    assert not overview.is_due


@pytest.mark.parametrize(("height", "rows"), [(10, 11), (7, 100), (33, 34), (40, 16_000)])
def test_an_overview_renewed_is_as_one_made_anew(height: int, rows: int) -> None:
    signs: dict[int, list[Sign]] = {}
    overview = made(height, rows, signs)
    for number in range(20):
        row = number * 7919 % rows
        if row in signs and number % 3:
            del signs[row]
        else:
            signs[row] = [sign((TAG, GROUP, CLASH, OPEN)[number % 4], own=number % 5 > 0)]
        overview.renew(row, row)
        overview.go_on(overview.height)
        fresh = made(height, rows, signs)
        assert [overview.pieces(y, 0) for y in range(height)] == [fresh.pieces(y, 0) for y in range(height)]
        assert [overview.row_at(y) for y in range(height)] == [fresh.row_at(y) for y in range(height)]


def test_a_step_costs_one_stretch_only() -> None:
    asked: list[tuple[int, int]] = []

    def signs_in(first: int, end: int) -> list[tuple[int, Sign]]:
        asked.append((first, end))
        return []

    overview = Overview(40, 16_000, signs_in)
    overview.renew(800, 801)
    overview.go_on(1)
    assert asked == [(800, 1200)], "the rows of the article that its one row stands for"
