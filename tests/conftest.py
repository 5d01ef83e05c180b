"""What whoever runs the tests has set for their own terminal must not change what the tests see."""

import atexit
import os
import shutil
import tempfile

# Read when Textual is imported, so this must stand before any test module is.
for name in list(os.environ):
    # The snapshot plugin tells its workers by such a variable where to put what they saw.
    if name == "NO_COLOR" or (name.startswith(("TEXTUAL", "VARIORUM")) and not name.startswith("TEXTUAL_SNAPSHOT")):
        del os.environ[name]
os.environ["TEXTUAL_ANIMATIONS"] = "none"
_own_folder = tempfile.mkdtemp(prefix="variorum-tests-")
atexit.register(shutil.rmtree, _own_folder, ignore_errors=True)
os.environ["XDG_RUNTIME_DIR"] = os.environ["XDG_STATE_HOME"] = _own_folder
