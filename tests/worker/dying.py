"""`python -m tests.worker.dying FOLDER NOW [DEATH]`: one pass of a worker that may kill itself in an effect.

Its repository's halves are folders. DEATH is what it was doing, and the how-manieth time: `publish:2` dies
with the second list in place and not on record, `read_back:2` with the second read and not on record.
"""

import os
import signal
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from inro.configuration.process import prepare_process
from inro.ports.replacement import MayReplace


class Half:
    """One half of the repository, in a folder; `seen` counts over all halves."""

    def __init__(self, folder: Path, *, death: str, seen: Counter[str]) -> None:
        self._folder = folder
        self._death = death
        self._seen = seen
        folder.mkdir(parents=True, exist_ok=True)

    def publish(self, name: str, content: bytes, *, may_replace: MayReplace) -> None:
        """Put content in place, if what is there may be replaced."""
        file = self._folder / name
        assert not file.exists() or may_replace(file.read_bytes())
        file.write_bytes(content)
        self._passed("publish")

    def read_back(self, name: str) -> bytes | None:
        """Return what is in place."""
        file = self._folder / name
        content = file.read_bytes() if file.exists() else None
        self._passed("read_back")
        return content

    def _passed(self, what: str) -> None:
        self._seen[what] += 1
        if self._death == f"{what}:{self._seen[what]}":
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, now: datetime, death: str) -> None:
    """Make one pass over the installation that `INRO_HOME` names."""
    prepare_process()
    from inro.pki.issuer import issuer_of
    from inro.practice.platform_obligations import PlatformFacts
    from inro.usecases.actor import process
    from inro.worker.publication import Publisher
    from inro.worker.repository import Repository
    from inro.worker.work import work

    seen: Counter[str] = Counter()

    def half(name: str) -> Half:
        return Half(folder / name, death=death, seen=seen)

    publisher = Publisher(
        archive=folder / "archive",
        issuer=issuer_of((folder / "ca.der").read_bytes()),
        repository=Repository(web=half("web"), directory=half("directory"), directory_below=half),
        actor=process("worker-1"),
    )
    work(publisher=publisher, platform=PlatformFacts, now=now)


if __name__ == "__main__":
    main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), (sys.argv[3:] or [""])[0])
