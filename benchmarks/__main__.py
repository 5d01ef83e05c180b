"""Runs every theme, each in a process of its own, so that none finds the memory another left behind."""

import subprocess
import sys

from benchmarks.timing import heading

THEMES = (
    "text",
    "opening",
    "sizes",
    "keys",
    "lists",
    "search",
    "comparing",
    "exchange",
    "store",
    "memory",
    "anchors",
    "suggest",
)

if __name__ == "__main__":
    heading()
    codes = [subprocess.run([sys.executable, "-m", f"benchmarks.{theme}"], check=False).returncode for theme in THEMES]
    sys.exit(max(codes))
