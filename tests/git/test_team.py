"""The proof: a team works in real repositories, and no merge costs a record."""

from pathlib import Path

import pytest
from simulation import Team


def work(folder: Path, seed: int, rounds: int, *, has_driver: bool) -> Team:
    """`Team` looks, at every merge, that no plain merge stops between different readers, that every file can be read,
    that merging twice changes nothing, and that where two machines disagree both versions are there."""
    team = Team(folder, seed, has_driver=has_driver)
    for _ in range(rounds):
        team.work()
    team.end()
    assert team.missing() == {}
    return team


def apart(team: Team) -> int:
    """How often two machines were at odds, in whatever way: of which kind, in few rounds, is chance, as ids are."""
    return team.seen.disagreements + team.seen.kept_against_deletion + team.seen.verdicts_apart


def test_with_the_driver_nothing_is_missing_and_git_stops_only_where_it_asks_no_driver(tmp_path: Path) -> None:
    team = work(tmp_path, 1, 4, has_driver=True)
    assert apart(team)
    assert all("modify/delete" in said for said, _ in team.seen.stops)


def test_without_the_driver_nothing_is_missing_either_once_resolve_was_called(tmp_path: Path) -> None:
    team = work(tmp_path, 1, 4, has_driver=False)
    assert apart(team)
    assert team.seen.stops


@pytest.mark.long
@pytest.mark.parametrize("has_driver", [True, False], ids=["with the driver", "without it"])
def test_thirty_rounds(tmp_path: Path, has_driver: bool) -> None:
    team = work(tmp_path, 2, 30, has_driver=has_driver)
    assert team.seen.disagreements >= 10
    assert team.seen.verdicts_apart >= 10
    assert team.seen.kept_against_deletion
    if has_driver:
        assert all("modify/delete" in said for said, _ in team.seen.stops)
