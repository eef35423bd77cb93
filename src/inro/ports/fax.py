"""How a finished sheet leaves by fax; its sending is confirmed later, by a report (43)."""

from typing import Protocol

from inro.ports.mail import Answer, Outgoing


class Fax(Protocol):
    """Hands a PDF to the fax: accepted means queued there, not yet that the other machine took it."""

    def send(self, outgoing: Outgoing) -> Answer:
        """Queue once and return what became of it; asked again for the same key it queues nothing."""
        ...
