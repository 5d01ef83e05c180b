"""The settings of a workspace and of a reader, as values, with what holds where nothing is set."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.errors import Place

FORMAT = "variorum/1"
COLOURS = ("blue", "orange", "green", "purple", "cyan", "yellow", "red", "grey")
"""Names that themes map to colours; a tag that names none takes the one at its place in the list."""

DETAILS = ("title", "outlet", "agency", "author", "date", "url", "language")
"""What can be said of an article."""


@dataclass(frozen=True, slots=True)
class Tag:
    """An entry of the codebook."""

    name: str
    """May nest: `fact/figure` is a kind of `fact`."""
    key: str
    """The lower-case letter that sets it; with shift it is added."""
    colour: str
    """One of `COLOURS`."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A way in which claims can contradict each other."""

    name: str
    key: str
    """The lower-case letter that sets it."""


DEFAULT_TAGS = (
    Tag("fact", "f", "blue", "A statement of what is or was the case, which evidence could show to be wrong"),
    Tag("fact/figure", "n", "orange", "A number, sum, date, rank or duration that can be looked up"),
    Tag("quote", "q", "green", "Words given as someone's own, in quotation marks or not"),
    Tag("opinion", "o", "purple", "A judgement, of the article or of someone it speaks of: no evidence settles it"),
    Tag("prediction", "p", "cyan", "What will, may or is meant to happen"),
    Tag("background", "b", "yellow", "What went before, told to explain the news rather than as news"),
    Tag("unsourced", "u", "red", "A statement that needs a source and names none: “reportedly”, “some analysts”"),
)
DEFAULT_KINDS = (
    LinkKind("number", "n"),
    LinkKind("date", "d"),
    LinkKind("order", "o"),
    LinkKind("place", "p"),
    LinkKind("name", "m"),
    LinkKind("agent", "a"),
    LinkKind("cause", "c"),
    LinkKind("rank", "r"),
    LinkKind("certainty", "t"),
    LinkKind("attribution", "b"),
    LinkKind("existence", "e"),
    LinkKind("wording", "w"),
    LinkKind("other", "h"),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a workspace."""

    title: str = ""
    """Empty where none is set: then the folder's name stands for it."""
    tags: tuple[Tag, ...] = DEFAULT_TAGS
    kinds: tuple[LinkKind, ...] = DEFAULT_KINDS
    articles_folder: str = "seeds"
    """Below the workspace, with `/`; `.` is the workspace itself."""
    annotations_folder: str = "annotations"
    size_limit: int = 4 * 1024**2
    """Bytes: larger files are not read as articles."""
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What is known of an article, by its id (NFC) and then by the names in `DETAILS`. It overrules front matter.

    An empty text says that there is none, so that none is guessed.
    """

    def tag(self, name: str) -> Tag | None:
        """The entry of the codebook with this name."""
        for tag in self.tags:  # for every sign that is drawn: a generator would take twice as long
            if tag.name == name:
                return tag
        return None


DEFAULT = Config()


@dataclass(frozen=True, slots=True)
class KeySetting:
    """One key that the reader gives an action, both as they were typed: what there is of them is known elsewhere."""

    action: str
    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class UserConfig:
    """The reader's own settings, the same in every workspace."""

    annotator: str | None = None
    theme: str | None = None
    keys: tuple[KeySetting, ...] = ()
    """By line; several of one action stand together."""
