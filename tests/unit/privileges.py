"""Being nobody for a while: tests may run as root, for whom permissions do not count."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def without_privileges(*, admitted: bool = False) -> Iterator[None]:
    """Be nobody, if one is root. With `admitted` only at the door: what `os.access` says is still root's."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(0 if admitted else NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A folder that nobody may go into: pytest's own are root's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
