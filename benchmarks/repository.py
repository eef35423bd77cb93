"""A repository that strangers reach: the responder over a web tree, an own slapd (4(6))."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.world import NOW
from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.adapters.web_tree import WebTree
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from inro.demo.servers.slapd import slapd_server
from inro.worker.repository import Repository
from tests.web.installation import installation

# The web tree of the installation whose responder serves it.
WEB = "home/repository"


@contextmanager
def repository_in(folder: Path) -> Iterator[tuple[Repository, str]]:
    """Lend a repository whose web tree is the folder `WEB` in `folder`, with its address.

    Its responder lives at the instant of the story, so that what was answered then is in force.
    """
    home, clock, password = installation(folder / "home"), folder / "clock", folder / "password"
    clock.write_text(NOW.isoformat(), "ascii")
    tree = folder / WEB
    # The directory's server runs as nobody, who must find its way to its own folder.
    for place in (folder, folder.parent):
        place.chmod(0o711)
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    command = [sys.executable, "-m", "inro.responder", "--home", str(home), "--told-clock", str(clock)]
    command += ["--port", str(port)]
    log = folder / "responder.log"
    with log.open("wb") as output:
        web = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        wait_until(lambda: listens(port), web, log)
        with slapd_server() as slapd:
            password.write_text(slapd.admin_password)
            entry = f"cn=Inro Benchmark CA,{slapd.suffix}"

            def directory(below: str = "") -> LdapDirectory:
                return LdapDirectory(
                    DirectoryAccess(
                        url=slapd.url,
                        entry=f"{below}{entry}",
                        bind_dn=slapd.admin_dn,
                        password_from=password,
                    )
                )

            repository = Repository(
                web=WebTree(folder=tree, address=address),
                directory=directory(),
                directory_below=lambda label: directory(f"cn={label},"),
            )
            yield repository, address
    finally:
        end(web)
