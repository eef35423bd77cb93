"""A list of 1,000,000 entries into slapd as the house sets it up, to a replica, to a stranger (26.1).

Ours looks at what is there first, so that a newer list stays, and reads back byte for byte; `ldapmodify` and
`ldapsearch` put and get. Wall time: what slapd itself does is part of it.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.revoked import entry_of, revoked
from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from inro.adapters.directory_server import MOST_OCTETS_WRITTEN
from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.adapters.ldap_question import ldap_question
from inro.demo.servers.programs import program
from inro.demo.servers.slapd import SlapdServer, slapd_replica, slapd_server
from inro.pki.published_list import list_problems, read_published_list
from inro.ports.fetching import Bounds
from inro.practice.probe import Freshness
from tests.pki import material

ENTRIES = 1_000_000
ROUNDS = 5
LIMIT_S = 30.0
# A look at what is there and a reading back, where the peer reads once.
PEER_BOUND = 3.0
PATIENCE_S = 300.0
_LOOK_AGAIN_S = 0.05
_LIST = "certificateRevocationList;binary"
_BEGINS = datetime(2026, 12, 10, tzinfo=UTC)
_LDIF = "dn: {entry}\nchangetype: modify\nreplace: {attribute}\n{attribute}:< file://{file}\n"


def measure(size: Size) -> list[Row]:
    """Return the rows."""
    count, rounds = size.of(ENTRIES), size.rounds(ROUNDS)
    # slapd runs as another user, who must come through to its own folder.
    Path(tempfile.gettempdir()).chmod(0o711)
    with tempfile.TemporaryDirectory() as name, slapd_server() as slapd:
        folder = Path(name)
        directory = _directory(slapd, folder)
        lists = [_signed(count, number) for number in (1, 2)]
        with slapd_replica(slapd) as copy:
            replica = LdapDirectory(replace(directory.access, url=copy.url, timeout=PATIENCE_S))
            directory.publish(_LIST, lists[1])
            _arrived(replica, lists[1])
            ours, theirs, arrived = _in_turns(slapd, directory, replica, lists, rounds)
        checked = {"entries": count, "octets": len(lists[0]), "same": directory.read_back(_LIST) in lists}
        asked, problems = _asked(directory.access, size)
    subject = f"list of {count:,} entries into the directory: looked at, replaced, read back"
    return [
        _wall_row(subject, ours, theirs, checked),
        _limit(subject, ours, checked),
        _limit(f"the same list at a replica after that, {count:,} entries", arrived, checked),
        _limit(
            f"the same list asked for and judged by the prober, {count:,} entries",
            asked,
            checked | {"problems": problems},
        ),
    ]


def _in_turns(
    slapd: SlapdServer, directory: LdapDirectory, replica: LdapDirectory, lists: list[bytes], rounds: int
) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of ours, of the peer's, and until the replica had ours after that."""
    ours, theirs, arrived = [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "password").write_text(slapd.admin_password)
        for turn in range(rounds):
            signed = lists[turn % 2]
            ours.append(_timed(partial(_ours, directory, signed)))
            arrived.append(_timed(partial(_arrived, replica, signed)))
            theirs.append(_timed(partial(_theirs, slapd, directory.access.entry, folder, signed)))
    return ours, theirs, arrived


def _signed(count: int, number: int) -> bytes:
    return material.signed_list(
        number=number,
        this_update=_BEGINS,
        next_update=_BEGINS + timedelta(hours=48),
        entries=(entry_of(serial, at) for serial, at in revoked(count)),
    )


def _directory(slapd: SlapdServer, folder: Path) -> LdapDirectory:
    password = folder / "password"
    password.write_text(slapd.admin_password)
    return LdapDirectory(
        DirectoryAccess(
            url=slapd.url,
            entry=f"cn=Bench CA,{slapd.suffix}",
            bind_dn=slapd.admin_dn,
            password_from=password,
            timeout=PATIENCE_S,
        )
    )


def _ours(directory: LdapDirectory, signed: bytes) -> None:
    directory.publish(_LIST, signed, may_replace=lambda there: bool(there))
    if directory.read_back(_LIST) != signed:
        raise ValueError("another list came back")


def _theirs(slapd: SlapdServer, entry: str, folder: Path, signed: bytes) -> None:
    file, ldif = folder / "list.crl", folder / "list.ldif"
    file.write_bytes(signed)
    ldif.write_text(_LDIF.format(entry=entry, attribute=_LIST, file=file))
    server, writer = ["-x", "-H", slapd.url], ["-D", slapd.admin_dn, "-y", str(folder / "password")]
    _run([program("ldapmodify"), *server, *writer, "-f", str(ldif)])
    got = folder / "got"
    got.mkdir(exist_ok=True)
    search = ["-LLL", "-t", "-T", str(got), "-s", "base", "-b", entry, _LIST]
    _run([program("ldapsearch"), *server, *search])
    (back,) = got.iterdir()
    if back.read_bytes() != signed:
        raise ValueError("another list came back to the peer")
    back.unlink()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _asked(access: DirectoryAccess, size: Size) -> tuple[list[float], list[str]]:
    """Return how long a stranger's question and the judgement of its answer take, and what was wrong."""
    address = f"{access.url}/{access.entry.replace(' ', '%20')}?{_LIST}?base"
    bounds = Bounds(seconds=PATIENCE_S, octets=MOST_OCTETS_WRITTEN)
    found: list[str] = []

    def ask() -> None:
        octets = ldap_question(address, bounds=bounds)
        found.extend(
            problem.value
            for problem, _ in list_problems(
                octets,
                read_published_list(octets),
                issuer=material.issuer(),
                address=None,
                is_for_ca=None,
                freshness=Freshness(),
                now=_BEGINS + timedelta(hours=1),
            )
        )

    return [_timed(ask) for _ in range(size.rounds(ROUNDS))], found


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _arrived(replica: LdapDirectory, signed: bytes) -> None:
    ends = time.monotonic() + PATIENCE_S
    while replica.read_back(_LIST) != signed:
        if time.monotonic() > ends:
            raise TimeoutError("the replica did not get the list")
        time.sleep(_LOOK_AGAIN_S)


def _limit(subject: str, times: list[float], checked: dict[str, object]) -> Row:
    return limit_row(
        figure="ldap_publication",
        subject=subject,
        against=f"{LIMIT_S:.0f} s",
        times=times,
        limit=LIMIT_S,
        checked=checked,
    )


def _wall_row(subject: str, ours: list[float], theirs: list[float], checked: dict[str, object]) -> Row:
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return Row(
        figure="ldap_publication",
        subject=subject,
        against="ldapmodify and ldapsearch: put, got",
        unit="ms wall",
        ours=median(ours) * 1000,
        theirs=median(theirs) * 1000,
        ratio=median(ratios),
        ratio_least=min(ratios),
        ratio_most=max(ratios),
        rounds=len(ours),
        bound=PEER_BOUND,
        wall=median(ours),
        checked=checked,
    )
