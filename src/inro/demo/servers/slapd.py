"""An own OpenLDAP server for one demonstration: a free loopback port, a database in a private folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, give_away, program, unprivileged, wait_until

SUFFIX = "o=Test CA,c=JP"
CONFIGURATION = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {home}/slapd.pid
argsfile {home}/slapd.args
sockbuf_max_incoming 134217728
sockbuf_max_incoming_auth 134217728
access to attrs=userPassword by anonymous auth by * none
access to * by * read
database mdb
suffix "{suffix}"
rootdn "{admin_dn}"
rootpw {admin_password}
directory {home}/data
maxsize 1073741824
dbnosync
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlapdServer:
    """A running server and who may write to it; anyone may read."""

    url: str
    suffix: str
    admin_dn: str
    admin_password: str
    pid: int


@contextmanager
def slapd_server(suffix: str = SUFFIX, folder: Path | None = None) -> Iterator[SlapdServer]:
    """Run a server whose empty database holds `suffix`."""
    home = Path(tempfile.mkdtemp(prefix="inro-slapd-", dir=folder))
    admin_dn, admin_password = f"cn=admin,{suffix}", os.urandom(12).hex()
    text = CONFIGURATION.format(home=home, suffix=suffix, admin_dn=admin_dn, admin_password=admin_password)
    configuration = home / "slapd.conf"
    configuration.write_text(text)
    (home / "data").mkdir()
    for path in (configuration, home / "data", home):
        give_away(path)
    try:
        port = free_port()
        url = f"ldap://{LOOPBACK}:{port}"
        process = _start(home, url, port)
        try:
            yield SlapdServer(
                url=url, suffix=suffix, admin_dn=admin_dn, admin_password=admin_password, pid=process.pid
            )
        finally:
            end(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _start(home: Path, url: str, port: int) -> "subprocess.Popen[bytes]":
    log = home / "log"
    with log.open("wb") as output:
        # -d keeps it in the foreground, so its pid is ours to end.
        process = subprocess.Popen(
            unprivileged([program("slapd"), "-f", str(home / "slapd.conf"), "-h", url, "-d", "none"]),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
        )
    wait_until(lambda: listens(port), process, log)
    return process
