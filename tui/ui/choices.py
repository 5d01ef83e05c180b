"""What the workspace's config offers, to be picked from."""

from collections.abc import Collection

from tui.config import Config
from tui.ui.widgets.picker import Choice


def tag_choices(config: Config, on: Collection[str] = ()) -> list[Choice]:
    """The tags; `on` are those that are given already."""
    return [
        Choice(tag.name, tag.name, tag.key, tag.description, f"tag-{tag.colour}", tag.name in on) for tag in config.tags
    ]


def kind_choices(config: Config, on: Collection[str] = ()) -> list[Choice]:
    """The kinds of contradictions; `on` are those that are set already."""
    return [Choice(kind.name, kind.name, kind.key, on=kind.name in on) for kind in config.kinds]
