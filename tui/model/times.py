"""Times as records and the journal hold them."""

from datetime import UTC, datetime


def utc_now() -> str:
    """The time now: UTC, whole seconds, `2026-11-21T20:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
