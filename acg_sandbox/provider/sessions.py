"""Keeps the engine's provider instances apart.

The engine attaches every instance of the package to this one server, and of the requests only ``Configure`` says which
instance it is for. But each instance, in each run, has a connection of its own, so the connection is what tells them
apart: settings belong to the connection they came on, and ``Cancel`` ends the operations of its own connection only.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .arm import Operation

_KEPT = 4096
"""Connections that are remembered. An engine that was killed never says goodbye, so the oldest are forgotten."""


class Session:
    """One provider instance in one run of the engine."""

    def __init__(self) -> None:
        self.subscription = ""
        self.location: str | None = None
        self.configured = False
        self.group_locations: dict[str, str] = {}
        """Locations of resource groups that were asked for, by name."""
        self._lock = threading.Lock()
        self._cancelled = False
        self._operations: set[Operation] = set()

    def configure(self, variables: Mapping[str, str], default_subscription: str) -> None:
        """Takes what is needed from a provider's settings, named ``azure-native:config:subscriptionId`` and so on."""
        settings = {key.rpartition(":")[2]: value for key, value in variables.items()}
        self.subscription = settings.get("subscriptionId") or default_subscription
        self.location = settings.get("location") or None
        self.configured = True

    @contextmanager
    def operation(self, timeout: float = 0.0) -> Iterator[Operation]:
        """An operation that ends when the session is cancelled."""
        operation = Operation(timeout)
        with self._lock:
            self._operations.add(operation)
            if self._cancelled:
                operation.cancel()
        try:
            yield operation
        finally:
            with self._lock:
                self._operations.discard(operation)

    def cancel(self) -> None:
        """Ends the session's operations, and those that it would begin from now on."""
        with self._lock:
            self._cancelled = True
            for operation in self._operations:
                operation.cancel()


class Sessions:
    """The sessions by connection, for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def begin(self, peer: str) -> Session:
        """A new session: a connection just opened, perhaps from a port that an earlier one had."""
        with self._lock:
            self._sessions.pop(peer, None)
            self._sessions[peer] = session = Session()
            while len(self._sessions) > _KEPT:
                self._sessions.popitem(last=False)
            return session

    def of(self, peer: str) -> Session:
        """The session of a connection; one that did not introduce itself gets a session of its own."""
        return self._sessions.get(peer) or self.begin(peer)
