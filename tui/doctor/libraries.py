"""Python and the packages that Variorum stands on."""

import platform
import re
import sys
from collections.abc import Callable
from importlib import metadata
from operator import eq, ge, gt, le, lt, ne

import yaml

from tui import __version__
from tui.doctor.findings import Area
from tui.doctor.patient import Patient

LEAST = (3, 11)

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*([^;]*)(;.*)?")
_CONDITION = re.compile(r"(==|>=|<=|!=|<|>)\s*([0-9]+(?:\.[0-9]+)*)")
_HOLDS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "==": eq,
    "!=": ne,
    ">=": ge,
    "<=": le,
    ">": gt,
    "<": lt,
}


def examine(_: Patient, area: Area) -> None:
    area.well.append(f"Variorum {__version__}, Python {platform.python_version()}")
    if sys.version_info < LEAST:
        area.error("this Python is older than 3.11", "install a newer one, and Variorum into it")
    if yaml.__with_libyaml__:
        area.well.append(f"PyYAML {yaml.__version__} with libyaml")
    else:
        area.warning(
            "PyYAML was built without libyaml, so YAML is read several times more slowly",
            "`pip install --force-reinstall --only-binary :all: pyyaml`; where there is no such package for your "
            "system, install libyaml with its headers first",
        )
    _packages(area)


def _packages(area: Area) -> None:
    """Whether what is installed is what this version asks for."""
    try:
        required = metadata.requires("variorum") or []
    except metadata.PackageNotFoundError:
        area.note(
            "Variorum runs from its folder without being installed, so the versions it needs can't be compared",
            "`make install` in its folder, or `pip install` it",
        )
        return
    bad = []
    for each in required:
        match = _REQUIREMENT.fullmatch(each)
        if match is None or match[3] is not None:
            continue  # only for those who develop, or for another system
        name, wanted = match[1], match[2].strip()
        try:
            there = metadata.version(name)
        except metadata.PackageNotFoundError:
            bad.append(f"{name} is not installed")
        else:
            if not _fits(there, wanted):
                bad.append(f"{name} {there} is installed, {wanted} is needed")
    if bad:
        area.warning(
            "packages are not as this version of Variorum needs them, and it may fail where they differ",
            "install Variorum anew into an environment of its own: `pipx install .`, or `make clean run` in its folder",
            details=bad,
        )


def _fits(there: str, wanted: str) -> bool:
    """Whether a version meets conditions as they stand in pyproject.toml: numbers, compared from the left."""
    version = _numbers(there)
    return all(_HOLDS[sign](*_same_length(version, _numbers(number))) for sign, number in _CONDITION.findall(wanted))


def _numbers(version: str) -> tuple[int, ...]:
    match = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, match[0].split("."))) if match else ()


def _same_length(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    length = max(len(one), len(other))
    return one + (0,) * (length - len(one)), other + (0,) * (length - len(other))
