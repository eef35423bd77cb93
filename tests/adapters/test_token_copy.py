"""A token file cut short by a death or a full disk in the middle of a login is put back (Ordinance 6(17))."""

import os
import resource
import signal
import subprocess
from pathlib import Path

import pytest

from inro.adapters.pkcs11_core import Token
from inro.adapters.subscriber_token import StationKey
from inro.adapters.token_address import ModuleUnusable, TokenAddress, read_address
from inro.adapters.token_copy import keep_token_file
from inro.demo.servers.programs import program
from inro.ports.errors import PinRefused, TokenMissing
from tests.adapters.tokens import make_station_token, pin


@pytest.fixture
def address(tmp_path: Path) -> TokenAddress:
    """A station's token in a folder of this test's own."""
    return make_station_token(tmp_path / "station")


def token_file(address: TokenAddress) -> Path:
    [found] = address.objects.glob("*/token.object")
    return found


def signs(address: TokenAddress) -> bool:
    with StationKey.open(address, pin()) as key:
        return len(key.sign(b"statement")) == 384


def log_in_with_room_for(octets: int, address: TokenAddress) -> None:
    """Let another program log in that the system ends when it writes more than so much into a file."""
    done = subprocess.run(
        [
            *(program("prlimit"), f"--fsize={octets}"),
            *(program("pkcs11-tool"), "--module", str(address.module), "--token-label", address.label),
            *("--login", "--pin", pin().decode(), "--list-objects"),
        ],
        env=os.environ | {"SOFTHSM2_CONF": str(address.configuration)},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == -signal.SIGXFSZ


@pytest.mark.parametrize("left", [0, 1, 8, 100])
def test_a_token_file_cut_short_is_put_back_and_the_key_signs(address, left):
    whole = token_file(address).read_bytes()
    token_file(address).write_bytes(whole[:left])
    assert signs(address)
    assert len(token_file(address).read_bytes()) == len(whole)


def test_a_login_really_killed_between_emptying_and_writing_is_mended(address):
    whole = token_file(address).read_bytes()
    keep_token_file(address)
    log_in_with_room_for(64, address)
    assert len(token_file(address).read_bytes()) < len(whole)
    assert signs(address)


def test_nobody_logs_in_where_the_disk_has_no_room_for_a_copy(address):
    whole = token_file(address).read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, limits[1]))
    try:
        with pytest.raises(ModuleUnusable, match="make room"):
            Token.open(address, pin())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert token_file(address).read_bytes() == whole
    assert signs(address)


def test_without_a_copy_the_token_would_be_lost(address):
    for copy in (address.folder / "copies").iterdir():
        copy.unlink()
    token_file(address).write_bytes(b"")
    with pytest.raises(TokenMissing):
        Token.open(address, pin())
    assert list((address.folder / "copies").iterdir()) == []


def test_a_copy_follows_what_the_token_becomes(address):
    with pytest.raises(PinRefused):
        Token.open(address, bytearray(b"wrong"))
    keep_token_file(address)
    [copy] = (address.folder / "copies").iterdir()
    assert copy.read_bytes() == token_file(address).read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert signs(address)


def test_where_no_copy_can_be_kept_nobody_logs_in(address):
    for copy in (address.folder / "copies").iterdir():
        copy.unlink()
    (address.folder / "copies").rmdir()
    (address.folder / "copies").write_text("in the way")
    whole = token_file(address).read_bytes()
    with pytest.raises(ModuleUnusable, match="make room"):
        Token.open(read_address(address.folder), pin())
    assert token_file(address).read_bytes() == whole
