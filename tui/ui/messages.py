"""What threads tell the application: messages, since nothing else may be touched from another thread. The screens' own
are beside the screens."""

from typing import TYPE_CHECKING

from textual.message import Message

# The first paint waits for what is imported here.
if TYPE_CHECKING:
    from tui.session import colleagues, rereading
    from tui.session.newness import Begun
    from tui.session.session import Changed, Session
    from tui.session.sync import Report
    from tui.ui.team import Team
    from tui.ui.widgets.article_list import Row


class Opened(Message):
    """The workspace is open."""

    def __init__(self, session: "Session", rows: "dict[str, Row]") -> None:
        super().__init__()
        self.session = session
        self.rows = rows
        """Of the Library."""


class OfSession(Message):
    """What a thread has found out about one session: another may be shown by the time it is dealt with."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.session = session


class Saved(OfSession):
    """Something became durable."""


class Touched(OfSession):
    """Records changed, as YAML was read on another thread."""

    def __init__(self, session: "Session", changed: "Changed") -> None:
        super().__init__(session)
        self.changed = changed


class Lost(OfSession):
    """Something could not be kept."""

    def __init__(self, session: "Session", sentence: str) -> None:
        super().__init__(session)
        self.sentence = sentence


class News(OfSession):
    """Another process recorded something for this annotator, or it came with YAML that was read."""

    def __init__(self, session: "Session", *, is_window: bool) -> None:
        super().__init__(session)
        self.is_window = is_window
        """Whether it was another process."""


class Unread(OfSession):
    """What another process recorded can't be read, or where the reader is can't be kept."""

    def __init__(self, session: "Session", sentence: str) -> None:
        super().__init__(session)
        self.sentence = sentence


class Found(OfSession):
    """Where claims stand that were not sought at the opening is known now."""


class Reread(OfSession):
    """Articles were read anew."""

    def __init__(self, session: "Session", fresh: "rereading.Reread") -> None:
        super().__init__(session)
        self.fresh = fresh


class Exported(OfSession):
    """YAML was written as far as it could be."""

    def __init__(self, session: "Session", report: "Report") -> None:
        super().__init__(session)
        self.report = report


class Told(OfSession):
    """A thread has something to say."""

    def __init__(self, session: "Session", sentence: str, style: str) -> None:
        super().__init__(session)
        self.sentence = sentence
        self.style = style


class NewKnown(Message):
    """It is known which of colleagues' records are new."""

    def __init__(self, team: "Team", begun: "Begun") -> None:
        super().__init__()
        self.team = team
        self.begun = begun


class Arrived(Message):
    """Colleagues' YAML changed on disk, and was read."""

    def __init__(self, team: "Team", arrived: "colleagues.Arrived") -> None:
        super().__init__()
        self.team = team
        self.arrived = arrived
