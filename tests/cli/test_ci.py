"""Checking annotations before a commit and in CI: what the hook and the documented steps run."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cli_samples import PROJECT, environment, make_workspace, record
from merge_samples import git

(HOOK,) = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BLOCKS = [
    "\n".join(line[4:] for line in block.split("\n"))
    for block in (PROJECT / "docs" / "team.md").read_text(encoding="utf-8").split("\n\n")
    if block.startswith("    ")
]
(WORKFLOW,) = [yaml.safe_load(block) for block in BLOCKS if "jobs:" in block]
(HOOKS,) = [yaml.safe_load(block) for block in BLOCKS if "repos:" in block]
STEPS = [step["run"] for step in WORKFLOW["jobs"]["annotations"]["steps"] if "run" in step]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As a CI service has it: nothing but what was committed."""
    root = make_workspace(tmp_path / "w")
    record(root)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "records")
    git(tmp_path, "clone", "-q", "w", "clone")
    return tmp_path / "clone"


def run(command: str, at: Path) -> subprocess.CompletedProcess[str]:
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**environment(at.parent, PATH=beside), "VARIORUM_ANNOTATOR": "ada" if "--own" in command else ""}
    return subprocess.run(shlex.split(command), cwd=at, env=environ, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("command", [HOOK["entry"], STEPS[-1]])
def test_what_hook_and_workflow_run_passes_a_sound_clone_and_no_other(clone: Path, command: str) -> None:
    ran = run(command, clone)
    assert (ran.returncode, ran.stdout) == (0, "")
    links = clone / "annotations/ada/links.yaml"
    links.write_text(links.read_text().replace("status: open", "status: [open"))
    ran = run(command, clone)
    assert ran.returncode == 1
    assert ran.stdout.startswith("annotations/ada/links.yaml:")


def test_the_hook_gets_no_file_names_and_runs_at_each_commit() -> None:
    assert (HOOK["language"], HOOK["pass_filenames"], HOOK["always_run"]) == ("python", False, True)
    assert HOOKS["repos"][0]["hooks"] == [{"id": HOOK["id"]}]
    assert STEPS[0].startswith("pip install ")


def test_this_repository_checks_its_own_annotations_and_has_them_merged_by_record() -> None:
    assert ".venv/bin/variorum check --strict" in (PROJECT / ".ci" / "run").read_text().splitlines()
    line = "/annotations/**/*.yaml text eol=lf merge=variorum diff=variorum"
    assert line in (PROJECT / ".gitattributes").read_text().splitlines()
