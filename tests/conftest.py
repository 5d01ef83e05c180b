"""What whoever runs the tests has set for their own terminal must not change what the tests see."""

import os

import pytest

# Read when Textual is imported, so this must stand before any test module is.
for name in list(os.environ):
    # The snapshot plugin tells its workers by such a variable where to put what they saw.
    if name == "NO_COLOR" or (name.startswith(("TEXTUAL", "VARIORUM")) and not name.startswith("TEXTUAL_SNAPSHOT")):
        del os.environ[name]
os.environ["TEXTUAL_ANIMATIONS"] = "none"

pytest_plugins = ["doctor_samples"]
"""Where the fixture `doctor` is."""


@pytest.fixture(autouse=True, scope="session")
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is copied, and where a reader is, is kept in files of whoever runs the application: not in this user's."""
    os.environ["XDG_RUNTIME_DIR"] = os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("own"))
