"""Keys, clicks and windows at random among suggestions: nothing ends the application, and no row holds what a terminal
obeys."""

from pathlib import Path
from random import Random

import pytest
from driving import Reading, controls_in, reading
from suggesting import CLOSED, CLOSED_TOO, MORE_CARS, SAFE, bridge, propose, same, three
from test_monkey import run

from tui.suggest.suggestion import Suggestion

STEPS = 75


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
@pytest.mark.parametrize("begin", ["S", "enter ) s"])
async def test_nothing_done_at_random_ends_the_application(tmp_path: Path, seed: int, begin: str) -> None:
    random = Random(seed)
    async with reading(bridge(tmp_path / "w")) as it:
        for _ in range(3):
            if not it.app.is_running or it.app.leaving._has_begun:
                return
            await propose(it, _some(it, random))
            await it.keys("escape escape L", begin)
            await run(it, random, STEPS // 3)
            assert controls_in(it.rows) == []


def _some(it: Reading, random: Random) -> list[Suggestion]:
    found = [*three(it.session), same(it.session, CLOSED, SAFE), same(it.session, CLOSED_TOO, SAFE)]
    found.append(same(it.session, CLOSED, MORE_CARS))
    random.shuffle(found)
    return found[: random.randint(0, len(found))]
