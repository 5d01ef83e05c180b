"""Python's search for cycles, put off where many values are made that stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep() -> None:
    """What is there now stays for long: where that was said before, the collector leaves out all of it from now on.
    What is not needed any more and is in no cycle goes as ever."""
    if gc.get_freeze_count():
        gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many values without the collector going through all of them again and again, now or soon after.

    There are no cycles in plain data and records, and what is made here stays for long: at the end everything counts
    as old, which takes no time, and is looked at when the collector looks at everything.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():  # what somebody froze is to stay so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
