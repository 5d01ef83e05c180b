"""How fast Variorum is beside a reference that is measured in the same run. `make bench` runs every theme."""

import os
from tempfile import TemporaryDirectory

_state = TemporaryDirectory(prefix="variorum-benchmarks-")
os.environ["XDG_STATE_HOME"] = _state.name  # where a reader is must not be mixed with that of whoever runs this
