"""The program under test: counts a tor's traffic, and asks for a new identity when there was enough."""

import threading

from stem import Signal
from stem.control import Controller, EventType
from stem.version import Version


class Watch:
    def __init__(self, host, port, password=None, limit=None):
        self.read = self.written = 0
        self.limit = limit
        self._changed = threading.Condition()
        self.controller = Controller.from_port(host, port)
        self.controller.authenticate(password=password)
        self.controller.add_event_listener(self._count, EventType.BW)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.controller.close()

    def _count(self, event):
        with self._changed:
            self.read += event.read
            self.written += event.written
            self._changed.notify_all()
        if self.limit is not None and self.read + self.written >= self.limit:
            self.limit = None
            self.controller.signal(Signal.NEWNYM)

    def is_recent(self):
        return self.controller.get_version() >= Version("0.4.8")

    def wait_for(self, read, written):
        """Waits until so many bytes were counted."""
        with self._changed:
            return self._changed.wait_for(lambda: (self.read, self.written) == (read, written), timeout=10)
