"""The terminal, as Textual drives it, left in order however the program stops or ends.

Textual's own driver leaves a terminal unusable when the program is ended by a signal or continued without having
stopped, stops alone where a whole job has to (`make run`), turns in circles when the terminal is gone, takes parts of a
paste for keys, takes an older size for the newest while a window is dragged, and ends in a traceback where what is
typed is not UTF-8.
"""

import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from types import FrameType

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.geometry import Size

from tui.ui.encoding import take_all
from tui.ui.ending import Ended, Stopped
from tui.ui.terminal_input import TerminalInput

ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)

TICK = 0.1
"""Seconds after which it is looked whether an escape was one."""


class TerminalDriver(LinuxDriver):
    """Tells the application by a message that it is to end, or to stop for a while."""

    _is_driving = False
    """Whether the terminal is the application's now, not the shell's or an editor's."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        take_all(self._file)

    def _get_terminal_size(self) -> tuple[int, int]:
        """What the terminal says: `COLUMNS` and `LINES`, if somebody exported them, know of no resizing."""
        try:
            columns, lines = os.get_terminal_size(self.fileno)
        except OSError:
            columns = lines = 0
        return (columns, lines) if columns and lines else super()._get_terminal_size()

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._is_driving = self._writer_thread is not None and self._writer_thread.is_alive()
        for number in ENDING:
            signal.signal(number, self._end)
        signal.signal(signal.SIGWINCH, self._resized)
        self._resized()

    def _resized(self, *_: object) -> None:
        """The size is asked for when the application comes to it. If the handler of the signal asked, and the next
        signal came while it did, the older of two sizes would be told last, and stay."""
        if not (self._in_band_window_resize or self._loop.is_closed()):
            self._loop.call_soon_threadsafe(self._tell_size)

    def _tell_size(self) -> None:
        size = Size(*self._get_terminal_size())
        self._app.post_message(Resize(size, size))

    def stop_application_mode(self) -> None:
        self._is_driving = False
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read what is typed and pasted, until the application wants none, or the terminal is gone: not everybody is
        told of that by a signal."""
        typed = TerminalInput(debug=self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], TICK)[0]:
                data = self._read()
                if not data:
                    self._let_go()
                    self._tell(signal.SIGHUP)
                    return
                if text := decode(data):
                    for event in typed.feed(text):
                        self.process_message(event)
            for event in typed.tick():
                self.process_message(event)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    # --- ending ---

    def _end(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and not self._auto_restart:
            return  # it was for the editor that has the terminal
        signal.signal(number, signal.SIG_DFL)  # asked twice, it ends without more ado
        if number == signal.SIGHUP:
            self._let_go()
        self._tell(signal.Signals(number))

    def _tell(self, number: signal.Signals) -> None:
        if not self._loop.is_closed():  # else it has ended, and the last is being put on disk
            self.send_message(Ended(number))

    def _let_go(self) -> None:
        """Write to nowhere from now on: a terminal that is gone takes nothing, and would hold up the ending."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
            if stream is not None:
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

    # --- stopping for a while, as the shell's job ---

    def _sigtstp_application(self, *_: object) -> None:
        if self._is_driving:
            self.send_message(Stopped())
        else:  # an editor has the terminal, and stops by itself
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        if self._is_driving:  # stopped by what can't be caught: the terminal may be as the shell set it
            self._loop.call_soon_threadsafe(self._begin_anew)

    def stop_job(self) -> None:
        """Give the terminal back and stop, with all the job; come back when the shell says so.

        Where no shell waits for the job, the kernel stops nothing, and this comes back at once.
        """
        self.suspend_application_mode()
        previous = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(0, signal.SIGTSTP)
        while os.tcgetpgrp(self.fileno) != os.getpgrp():  # continued in the background, where nothing can be shown
            os.killpg(0, signal.SIGSTOP)
        signal.signal(signal.SIGTSTP, previous)
        self.resume_application_mode()

    def _begin_anew(self) -> None:
        self.suspend_application_mode()
        self.resume_application_mode()
