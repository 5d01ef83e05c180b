"""Resident memory with one million characters open, each application in a process of its own."""

from benchmarks.child import memory_of
from benchmarks.sample import LENGTH
from benchmarks.timing import Pairs, paired, report, size
from benchmarks.workspaces import long_workspace

ROUNDS = 3
FACTOR, A_CHARACTER = 1.5, 12
"""What may be used: so many times an empty application, and so many bytes a character."""


def run() -> None:
    pairs = _beside("pane", "empty")
    report("memory of a pane with 1 MB and 5 000 marks", "empty application", pairs, show=size)
    _allowed("the same", pairs)
    report("the same", "TextArea", _beside("pane", "text area"), show=size)
    with long_workspace() as root:
        pairs = paired(lambda: memory_of("reader", str(root)), lambda: memory_of("empty"), ROUNDS)
    _allowed("memory of the Reader with 1 MB and 5 000 claims", pairs)


def _beside(ours: str, reference: str) -> Pairs:
    return paired(lambda: memory_of(ours), lambda: memory_of(reference), ROUNDS)


def _allowed(what: str, pairs: Pairs) -> None:
    allowed = [(ours, FACTOR * empty + A_CHARACTER * LENGTH) for ours, empty in pairs]
    report(what, "allowed", allowed, 1, show=size)


if __name__ == "__main__":
    run()
