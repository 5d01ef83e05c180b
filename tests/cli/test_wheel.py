"""The wheel holds all that the program needs: it is installed apart from the checkout and used from an empty folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    # A copy of what is built from: building leaves traces, and other tests run in the checkout.
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md"):
        (source / name).write_bytes((PROJECT / name).read_bytes())
    _copy_package(PROJECT / "tui", source / "tui")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)], folder)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)], folder)
    return target


def _copy_package(source: Path, target: Path) -> None:
    for file in source.rglob("*"):
        if file.is_file() and file.suffix != ".pyc":
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())


def _run(command: list[str], folder: Path, path: Path | None = None) -> str:
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if path is not None:
        environ["PYTHONPATH"] = str(path)
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    shown = _run([sys.executable, "-m", "tui", "--version"], tmp_path, installed)
    assert shown.strip().startswith("variorum ")
    script = installed / "bin" / "variorum"
    assert "usage: variorum" in _run([sys.executable, str(script), "--help"], tmp_path, installed)


def test_the_application_starts_with_its_styles(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A headline\n\nThe minister said on Monday that it rained.\n", encoding="utf-8")
    program = """
import asyncio, os, sys
from pathlib import Path
import tui
from tui.session.opening import open_session
from tui.ui.app import VariorumApp
from tui.workspace import open_workspace

async def main():
    app = VariorumApp(open_session(open_workspace(Path.cwd(), os.environ), "ada"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        rows = [strip.text for strip in app.screen._compositor.render_strips()]
        print(tui.__file__)
        print("\\n".join(rows))

asyncio.run(main())
"""
    shown = _run([sys.executable, "-c", program], tmp_path, installed)
    assert shown.startswith(str(installed))
    assert "The minister said on Monday that it rained." in shown
