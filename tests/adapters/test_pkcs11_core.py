"""PKCS#11 over SoftHSM: start-up, threads, processes, fork, and what each failure says (Ordinance 6(17))."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inro.adapters.ca_token import CaToken
from inro.adapters.pkcs11_core import Token, initialise_token
from inro.adapters.token_address import (
    KeyRefused,
    ModuleUnusable,
    TokenAddress,
    TokenLost,
    configure_soft_token,
    read_address,
)
from inro.adapters.token_keys import make_secret_key
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.ports.errors import PinRefused, TokenMissing
from tests.adapters.tokens import SO_PIN, make_ca_token, make_empty_token, pin

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> TokenAddress:
    return make_ca_token(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def copied(address, tmp_path) -> TokenAddress:
    """The token in a folder of the test's own."""
    folder = tmp_path / "ca"
    shutil.copytree(address.folder, folder)
    configure_soft_token(folder)
    return read_address(folder)


def verified(info: bytes, data: bytes, signature: bytes) -> bool:
    return verify_signature(
        data=data, signature=signature, public_key_info=info, algorithm=SignatureAlgorithm.SHA256
    )


def test_a_token_is_found_by_label_and_serial(address):
    assert address.serial is not None
    assert len(address.serial) == 16
    assert read_address(address.folder) == address
    with CaToken.open(address, pin()) as ca:
        assert verified(ca.public_key_info, b"data", ca.sign(b"data"))


@pytest.mark.parametrize("changes", [{"label": "other"}, {"serial": "0" * 16}])
def test_a_token_not_there_is_named(address, changes):
    parts = {"folder": address.folder, "label": address.label, "serial": address.serial} | changes
    with pytest.raises(TokenMissing, match=r"no token of this label.*ceremony"):
        Token.open(TokenAddress(**parts), pin())


def test_a_folder_not_there_is_named(tmp_path):
    with pytest.raises(TokenMissing, match="no such token folder"):
        Token.open(TokenAddress(folder=tmp_path / "none", label="x"), pin())
    with pytest.raises(TokenMissing, match=r"address\.json"):
        read_address(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [b"0000", b"1", b"", b"9" * 255, b"9" * 400])
def test_a_wrong_pin_is_refused_and_the_right_one_works_afterwards(address, wrong):
    for _ in range(3):
        with pytest.raises(PinRefused) as caught:
            CaToken.open(address, bytearray(wrong))
        assert len(wrong) < 4 or wrong.decode() not in str(caught.value)
    with CaToken.open(address, pin()) as ca:
        assert verified(ca.public_key_info, b"", ca.sign(b""))


def test_a_missing_module_says_what_to_install(address, tmp_path):
    missing = TokenAddress(folder=address.folder, label=address.label, module=tmp_path / "softhsm.so")
    with pytest.raises(ModuleUnusable, match="apt-get install softhsm2"):
        Token.open(missing, pin())


def test_a_file_that_is_no_module_is_refused(address, tmp_path):
    module = tmp_path / "libsofthsm2.so"
    module.write_bytes(b"not a library")
    with pytest.raises(ModuleUnusable, match=r"libsofthsm2\.so"):
        Token.open(TokenAddress(folder=address.folder, label=address.label, module=module), pin())


def test_a_configuration_that_is_missing_or_names_another_folder_is_refused(copied, address):
    shutil.copy(address.configuration, copied.configuration)
    with pytest.raises(ModuleUnusable, match="names another folder"):
        Token.open(copied, pin())
    copied.configuration.unlink()
    with pytest.raises(ModuleUnusable, match=r"softhsm2\.conf"):
        Token.open(copied, pin())
    configure_soft_token(copied.folder)
    Token.open(copied, pin()).close()


def test_the_environments_configuration_is_not_what_decides(address, monkeypatch, tmp_path):
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "elsewhere.conf"))
    with CaToken.open(address, pin()) as ca:
        assert ca.sign(b"x")


def test_a_process_has_one_login(address, copied):
    with CaToken.open(address, pin()) as ca:
        for second in (address, copied):
            with pytest.raises(ModuleUnusable, match="one login a process"):
                Token.open(second, pin())
        assert verified(ca.public_key_info, b"still", ca.sign(b"still"))
    Token.open(copied, pin()).close()


def test_a_closed_token_signs_no_more(address):
    ca = CaToken.open(address, pin())
    ca.close()
    ca.close()
    with pytest.raises(TokenLost, match="closed"):
        ca.sign(b"x")


def test_a_label_is_given_once(copied):
    with pytest.raises(ModuleUnusable, match="label exists"):
        initialise_token(address=copied, so_pin=bytearray(SO_PIN.encode()), pin=pin())
    with Token.open(copied, pin()) as token, pytest.raises(KeyRefused, match="key of this label"):
        make_secret_key(token=token, label="ca")
    with CaToken.open(copied, pin()) as ca:
        assert ca.sign(b"x")


def test_many_threads_sign_at_once(address):
    def work(number: int) -> bool:
        data = f"{number}".encode()
        return len(ca.authenticate(data)) == 32 and verified(ca.public_key_info, data, ca.sign(data))

    with CaToken.open(address, pin()) as ca, ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(480)))
        assert ca.signatures == 480


_FORKER = """
import os, sys
from pathlib import Path
from tests.adapters.tokens import pin
from inro.adapters.ca_token import CaToken
from inro.adapters.token_address import ForeignProcess, read_address
address = read_address(Path(sys.argv[1]))
ca = CaToken.open(address, pin())
child = os.fork()
if child == 0:
    try:
        ca.sign(b"x")
    except ForeignProcess:
        print("refused", flush=True)
    ca.close()
    with CaToken.open(address, pin()) as own:
        print(len(own.sign(b"child")), flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(len(ca.sign(b"parent")))
"""


def test_a_token_opened_before_a_fork_is_refused_in_the_child(address):
    forked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _FORKER, str(address.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert forked.stdout.split() == ["refused", "256", "256"], forked.stderr


_STARTER = """
import sys
from pathlib import Path
from tests.adapters.tokens import pin
from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import read_address
from inro.adapters.token_keys import SecretKey, SigningKey, make_secret_key
sys.stdin.readline()
for turn in range(5):
    with Token.open(read_address(Path(sys.argv[1])), pin()) as token:
        label = f"object {sys.argv[2]}:{turn}"
        make_secret_key(token=token, label=label)
        SecretKey(token=token, label=label).authenticate(b"x")
        SigningKey(token=token, label="ca").sign(b"x")
print("done")
"""


def test_six_processes_start_together_and_write_objects(copied):
    # Without the lock about one start in eight fails here: a login rewrites the token's file in place.
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _STARTER, str(copied.folder), str(number)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(6)
    ]
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    results = [process.communicate(timeout=300) for process in started]
    assert [output for output, _ in results] == ["done\n"] * 6, [error for _, error in results]
    with Token.open(copied, pin()) as token:
        assert len(token.object_files()) == 3 + 6 * 5 + _token_files(copied)


def _token_files(address: TokenAddress) -> int:
    return sum(1 for path in address.objects.rglob("token.object"))


def test_the_folder_is_the_owners_alone(tmp_path):
    address = make_empty_token(tmp_path / "token", "mine")
    for path in address.folder.rglob("*"):
        assert path.name in {"softhsm2.conf", "address.json"} or path.stat().st_mode & 0o077 == 0, path
    assert address.folder.stat().st_mode & 0o077 == 0
