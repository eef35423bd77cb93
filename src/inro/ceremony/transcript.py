"""The ceremony's own record, line by line as it happens (Ordinance 12(1)-1-chi)."""

from collections.abc import Callable, Iterable

from inro.words.ceremony import phrase


class Transcript:
    """Shows every line when it is written, and keeps it for the signed record.

    `earlier` are the lines of a ceremony that was broken off and is held on.
    """

    def __init__(self, show: Callable[[str], None], *, earlier: Iterable[str] = ()) -> None:
        self._show = show
        self._lines = list(earlier)

    def write(self, key: str, **facts: object) -> None:
        """Write one line in Japanese and one in English."""
        for line in phrase(key, **facts):
            self._lines.append(line)
            self._show(line)

    def document(self) -> bytes:
        """Return what is signed: UTF-8, one line each."""
        return ("\n".join(self._lines) + "\n").encode()
