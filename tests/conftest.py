"""What whoever runs the tests has set for their own terminal must not change what the tests see."""

import os

# Read when Textual is imported, so this must stand before any test module is.
for name in [name for name in os.environ if name == "NO_COLOR" or name.startswith(("TEXTUAL", "VARIORUM"))]:
    del os.environ[name]
os.environ["TEXTUAL_ANIMATIONS"] = "none"
