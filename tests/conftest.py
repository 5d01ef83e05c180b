"""What whoever runs the tests has set for their own terminal must not change what the tests see."""

import os
from tempfile import TemporaryDirectory

# Read when Textual is imported, so this must stand before any test module is.
for name in list(os.environ):
    # The snapshot plugin tells its workers by such a variable where to put what they saw.
    if name == "NO_COLOR" or (name.startswith(("TEXTUAL", "VARIORUM")) and not name.startswith("TEXTUAL_SNAPSHOT")):
        del os.environ[name]
os.environ["TEXTUAL_ANIMATIONS"] = "none"

# Where a reader is, is kept outside of a workspace in which nothing was recorded: never in the home of who runs this.
_state = TemporaryDirectory(prefix="variorum-tests-")
os.environ["XDG_STATE_HOME"] = _state.name
