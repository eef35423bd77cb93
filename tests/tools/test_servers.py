"""The servers of the tests start, answer, refuse strangers and end by their own pid."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import ldap
import psycopg
import pytest

from inro.demo.servers.free_port import free_port, listens
from inro.demo.servers.programs import program
from inro.demo.servers.slapd import slapd_server
from inro.ports.errors import PortError
from tests.servers.postgresql import postgresql_server


def owner(pid):
    return Path(f"/proc/{pid}").stat().st_uid


def test_postgresql_serves_its_folder_only():
    with postgresql_server() as server:
        with psycopg.connect(host=str(server.socket_folder), user="inro", dbname="inro") as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert owner(server.pid) != 0
        assert server.socket_folder.stat().st_mode & 0o077 == 0
    assert not Path(f"/proc/{server.pid}").exists()
    assert not server.socket_folder.exists()


def test_slapd_takes_and_gives_an_entry():
    with slapd_server(suffix="o=Test CA,c=JP") as server:
        directory = ldap.initialize(server.url)
        unit = f"ou=Unit,{server.suffix}"
        with pytest.raises(ldap.STRONG_AUTH_REQUIRED):
            directory.add_s(unit, [("objectClass", [b"organizationalUnit"]), ("ou", [b"Unit"])])
        directory.simple_bind_s(server.admin_dn, server.admin_password)
        directory.add_s(unit, [("objectClass", [b"organizationalUnit"]), ("ou", [b"Unit"])])
        assert directory.search_s(unit, ldap.SCOPE_BASE)[0][1]["ou"] == [b"Unit"]
        directory.unbind_s()
        assert owner(server.pid) != 0
    assert not Path(f"/proc/{server.pid}").exists()


def test_the_browser_shows_a_page(page):
    page.set_content("<title>印籠</title><p lang='ja'>失効</p>")
    assert page.title() == "印籠"
    assert page.inner_text("p") == "失効"


def test_a_missing_program_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setitem(os.environ, "PATH", "/nonexistent")
    with pytest.raises(
        PortError, match=r"no-such-server: is not on this machine: apt-get install -y no-such-server"
    ):
        program("no-such-server")


def test_a_free_port_is_free():
    assert not listens(free_port())


def test_a_port_is_given_to_one_process_only():
    mine = {free_port(following=3) for _ in range(100)}
    assert len(mine) == 100
    ask = "from inro.demo.servers.free_port import free_port\nprint(*(free_port() for _ in range(100)))"
    asked = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    theirs = {int(port) for port in asked.stdout.split()}
    assert len(theirs) == 100
    assert not mine & theirs


def test_no_test_reaches_another_machine():
    with socket.socket() as client, pytest.raises(RuntimeError, match="only this machine"):
        client.connect(("192.0.2.1", 80))
