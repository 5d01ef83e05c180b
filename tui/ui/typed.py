"""What the reader types, in the order of its typing, whatever is being made meanwhile.

Textual puts a key before the widget that has the focus when the key comes, and a widget deals with its keys when it
comes to it. Of keys typed quickly, some would lie before a widget that sends them on, while later ones are already
before the one they are sent on to. So there is one queue, at the application, and one key is on its way at a time: the
next is given to whom it is meant for when all is done that the one before it began.
"""

from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

MOST_WAITING = 10_000
"""Keys typed ahead that are kept: a keyboard that something lies on is no reader."""

Typing = events.Key | events.Paste


class TypedScreen(Screen[None]):
    """A screen that may let keys wait while it is not yet known where they lead."""

    @property
    def holds_keys(self) -> bool:
        """Whether keys for this screen wait. When it ends, `Typed.go_on` is to be called."""
        return False

    @property
    def field(self) -> Widget | None:
        """Where characters are only inserted, if one is typing."""
        return None

    def takes_at_once(self, _event: Typing) -> bool:
        """Do what a key means that doesn't wait; whether it was such a key. Only asked while keys wait."""
        return False


class Typed:
    """Keys and pastes that wait, and the one that is on its way."""

    def __init__(self, app: App[str], give: Callable[[events.Event], Awaitable[None]]) -> None:
        """`give` puts a key before whoever it is meant for now."""
        self._app = app
        self._give = give
        self._waiting: deque[Typing] = deque()
        self._on_their_way = 0
        """Whether a key was given that isn't done: it counts once for each who has it before them."""
        self._filling: DOMNode | None = None
        """The field that all which is on its way is to be inserted into. More may follow at once: each by itself, a
        long text would have the screen drawn for every character."""
        self._came_back = 0
        """How many came back since one was given."""

    @property
    def is_done(self) -> bool:
        """Whether nothing that was typed is still to be dealt with."""
        return not self._waiting and not self._on_their_way

    async def take(self, event: Typing) -> None:
        """The reader typed this."""
        screen = self._app.screen
        if isinstance(screen, TypedScreen) and screen.holds_keys and screen.takes_at_once(event):
            return
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(event)
        await self._go_on()

    def go_on(self) -> None:
        """What keys waited for may be there."""
        self._app.call_later(self._go_on)

    def give_back(self, event: Typing) -> None:
        """Of whoever got the key on its way and is not, or not yet, the one it is meant for: it is the next again."""
        self._waiting.insert(self._came_back, _anew(event))
        self._came_back += 1

    def hand(self, event: Typing, to: DOMNode) -> None:
        """Of whoever got the key on its way: it is meant for this one."""
        again = _anew(event)
        again._set_forwarded()
        to.post_message(again)
        self._follow(to)

    def drop(self) -> None:
        """What waits was meant for a place that there is not."""
        self._waiting.clear()

    async def _go_on(self) -> None:
        while self._waiting and not self._is_held:
            target = self._app.focused or self._app.screen
            is_inserted = self._is_inserted(self._waiting[0], target)
            if self._on_their_way and not (is_inserted and target is self._filling):
                return
            self._filling = target if is_inserted else None
            self._came_back = 0
            event = self._waiting.popleft()
            await self._give(event)
            self._follow(target)

    def _is_inserted(self, event: Typing, target: DOMNode) -> bool:
        screen = self._app.screen
        is_character = isinstance(event, events.Key) and event.is_printable
        return is_character and isinstance(screen, TypedScreen) and target is screen.field

    @property
    def _is_held(self) -> bool:
        screen = self._app.screen
        return isinstance(screen, TypedScreen) and screen.holds_keys

    # --- knowing when a key is done: a call behind it comes up the way that the key may come up ---

    def _follow(self, node: DOMNode) -> None:
        self._on_their_way += 1
        self._come_behind(node)

    def _come_behind(self, node: DOMNode) -> None:
        if node is self._app:
            self._app.call_later(self._arrive)
        elif not node.call_later(self._rise, node):  # it is going, and takes nothing any more
            self._rise(node)

    def _rise(self, node: DOMNode) -> None:
        self._come_behind(node.parent or self._app)

    async def _arrive(self) -> None:
        self._on_their_way -= 1
        await self._go_on()


def _anew(event: Typing) -> Typing:
    """The same as if it came now."""
    return events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
