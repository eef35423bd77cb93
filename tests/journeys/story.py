"""The demonstration told once per run, as a user tells it: by the command line, into a folder of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509

from tests.tools.tree import PROJECT

INRO = Path(sys.executable).parent / "inro"
LISTS = ("crl", "arl", "full_crl")


@dataclass(frozen=True)
class Look:
    """One time at which a signature was verified, with the lists then in force."""

    at: datetime
    crl: Path
    full_crl: Path
    valid: bool

    @property
    def seconds(self) -> int:
        """The time as `-attime` takes it."""
        return int(self.at.timestamp())

    @property
    def arl(self) -> Path:
        """The ARL of the same number as the CRL."""
        return self.crl.with_name(self.crl.name.replace("crl-", "arl-"))


@dataclass(frozen=True)
class Case:
    """One case of `summary.json`, its paths and times read."""

    home: Path
    record: dict[str, Any]

    def __str__(self) -> str:
        return str(self.record["application"])

    @property
    def certificate(self) -> Path | None:
        """The certificate's file."""
        return None if self.record["certificate"] is None else self.home / self.record["certificate"]

    @property
    def parsed(self) -> x509.Certificate:
        """The certificate."""
        assert self.certificate is not None
        return x509.load_der_x509_certificate(self.certificate.read_bytes())

    @property
    def signature(self) -> Path:
        """The signed document's file."""
        return self.home / self.record["signature"]

    @property
    def revoked_at(self) -> datetime | None:
        """When it was revoked."""
        text = self.record["revoked_at"]
        return None if text is None else datetime.fromisoformat(text)

    @property
    def looks(self) -> list[Look]:
        """Every verification."""
        return [
            Look(
                at=datetime.fromisoformat(one["at"]),
                crl=self.home / one["crl"],
                full_crl=self.home / one["full_crl"],
                valid=one["valid"],
            )
            for one in self.record["verify"]
        ]


@dataclass(frozen=True)
class Told:
    """A demonstration as it lies there: what was said, and the folder."""

    home: Path
    first_day: date
    said: str

    @cached_property
    def summary(self) -> dict[str, Any]:
        """`summary.json`."""
        text = (self.home / "summary.json").read_text("utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    @property
    def cases(self) -> list[Case]:
        """All cases."""
        return [Case(self.home, record) for record in self.summary["cases"]]

    @property
    def with_certificate(self) -> list[Case]:
        """The cases not disposed of."""
        return [case for case in self.cases if case.certificate is not None]

    @property
    def ca(self) -> Path:
        """The CA certificate's file."""
        return self.home / str(self.summary["ca"])

    def case(self, name: str) -> Case:
        """Return an applicant's first case."""
        return next(case for case in self.cases if case.record["applicant"] == name)

    def lists(self, kind: str) -> list[x509.CertificateRevocationList]:
        """Return all lists of a kind, in the order of their files."""
        files = sorted((self.home / "lists").glob(f"{kind}-*.crl"))
        return [x509.load_der_x509_crl(file.read_bytes()) for file in files]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the demonstration's database, which stays as it is."""
        address = f"{(self.home / 'records.sqlite').as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as opened:
            return opened.execute(query, values).fetchall()

    def files(self) -> Iterator[Path]:
        """Yield every file of the folder."""
        yield from (path for path in self.home.rglob("*") if path.is_file())


def run(command: Sequence[object], **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run a program without input; its output is text, its status not looked at."""
    options = {"stdin": subprocess.DEVNULL} | options if "input" not in options else options
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=1800, **options)


def inro(*arguments: object, cwd: Path = PROJECT) -> "subprocess.CompletedProcess[str]":
    """Run `inro` as a user does, from the project's folder if no other is named."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(Path.home()), "LC_ALL": "C.UTF-8"}
    return run([INRO, *arguments], cwd=cwd, env=environment)


def tell(home: Path, first_day: date | None = None) -> Told:
    """Tell the story into `home`.

    Raises: AssertionError if it breaks off.
    """
    chosen = [] if first_day is None else ["--date", first_day.isoformat()]
    done = inro("demo", "--home", home, *chosen)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return Told(home=home, first_day=first_day or date(2026, 12, 1), said=done.stdout)


def openssl(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run `openssl`."""
    return run(["openssl", *arguments])


def utc(instant: datetime) -> str:
    """Return an instant in ISO 8601 with Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
