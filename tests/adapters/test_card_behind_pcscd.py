"""The virtual card behind pcscd, as software that never heard of it sees it (17.1, 19.5; ISO/IEC 7816-15)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from inro.adapters.card_commands import IsoAppletCard
from inro.adapters.pcsc_card import PcscCard, find_card, list_readers
from inro.adapters.soft_card import SoftCard
from inro.demo.servers.programs import program
from inro.ports.card import CardLabel
from inro.ports.errors import CardRefused
from inro.virtual_card.card_file import make_blank_card
from tests.servers.pcscd import PcscServer

MODULE = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"
FILE_KEY = bytes(range(32))
SERIAL = "00112233445566aa"
PIN = "31415926"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

RELYING_SOFTWARE = """
import json, os, sys
import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass
library = pkcs11.lib(sys.argv[1])
token = library.get_token(token_serial=bytes(sys.argv[2], "ascii"))
told = {"label": token.label}
pin = os.environ["CARD_PIN"]
wrong = []
for _ in range(int(sys.argv[3])):
    try:
        token.open(user_pin="27182818")
    except pkcs11.exceptions.PKCS11Error as error:
        wrong.append(type(error).__name__)
told["wrong"] = wrong
try:
    with token.open(user_pin=pin) as session:
        told["objects"] = sorted(str(item.object_class) for item in session.get_objects())
        key = session.get_key(ObjectClass.PRIVATE_KEY)
        told["signature"] = key.sign(b"text", mechanism=Mechanism.SHA256_RSA_PKCS).hex()
        try:
            told["exponent"] = key[Attribute.PRIVATE_EXPONENT].hex()
        except pkcs11.exceptions.PKCS11Error as error:
            told["exponent"] = type(error).__name__
except pkcs11.exceptions.PKCS11Error as error:
    told["refused"] = type(error).__name__
print(json.dumps(told))
"""


def certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Taro Kakuu")])
    now = datetime(2026, 12, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, KEY.public_key(), 5, now, now + timedelta(days=30))
    return builder.sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER)


def personalise(card: IsoAppletCard) -> None:
    card.initialise(CardLabel(serial=SERIAL, label="Card 1"), bytearray(PIN, "ascii"), 3400)
    card.store_key(bytearray(KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())))
    card.write_certificate(certificate())


@pytest.fixture
def reader(pcscd: PcscServer, tmp_path: Path) -> Iterator[str]:
    """A reader with a card made in process beforehand."""
    path = tmp_path / "a.card"
    make_blank_card(path=path, file_key=FILE_KEY)
    with SoftCard.open(path=path, file_key=FILE_KEY) as transport:
        personalise(IsoAppletCard(transport))
    with pcscd.card_in_reader(path=path, file_key=FILE_KEY) as name:
        yield name


def run(pcscd: PcscServer, *command: str) -> str:
    environment = pcscd.environment | {"CARD_PIN": PIN, "WRONG_PIN": "27182818"}
    done = subprocess.run(
        [program(command[0]), *command[1:]], env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def relying_software(pcscd: PcscServer, *, wrong: int) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", RELYING_SOFTWARE, MODULE, SERIAL, str(wrong)],
        env=pcscd.environment | {"CARD_PIN": PIN},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_opensc_knows_the_card_and_lists_what_is_on_it(pcscd: PcscServer, reader: str):
    assert "Javacard with IsoApplet" in run(pcscd, "opensc-tool", "--reader", reader, "--name")
    listed = run(pcscd, "pkcs15-tool", "--reader", reader, "--dump")
    for part in (
        "PKCS#15 Card [Card 1]",
        f"Serial number  : {SERIAL}",
        "PIN [PIN]",
        "unblock-disabled",
        "Private RSA Key [Signature key]",
        "sign, nonRepudiation",
        "Access Flags   : [0x01], sensitive",
        "X.509 Certificate [Certificate]",
    ):
        assert part in listed


def test_opensc_reads_the_certificate_and_the_tries(pcscd: PcscServer, reader: str):
    read = run(pcscd, "pkcs15-tool", "--reader", reader, "--read-certificate", "45")
    assert x509.load_pem_x509_certificate(read.encode()).public_bytes(Encoding.DER) == certificate()
    query = ["-s", "00A404000CF276A288BCFBA69D34F31001", "-s", "00200001"]
    assert "SW1=0x63, SW2=0xCF" in run(pcscd, "opensc-tool", "--reader", reader, *query)


@pytest.mark.parametrize(
    "algorithm", [hashes.SHA256(), hashes.SHA384(), hashes.SHA512()], ids=lambda h: h.name
)
def test_pkcs11_tool_signs_by_the_permitted_algorithms(
    pcscd: PcscServer, reader: str, tmp_path: Path, algorithm: hashes.HashAlgorithm
):
    (tmp_path / "text").write_bytes(b"text")
    mechanism = f"{algorithm.name.upper()}-RSA-PKCS"
    run(
        pcscd,
        *("pkcs11-tool", "--module", MODULE, "--login", "--pin", "env:CARD_PIN"),
        *("--sign", "--mechanism", mechanism, "--id", "45"),
        *("-i", str(tmp_path / "text"), "-o", str(tmp_path / "signature")),
    )
    signature = (tmp_path / "signature").read_bytes()
    KEY.public_key().verify(signature, b"text", padding.PKCS1v15(), algorithm)


def test_relying_software_signs_and_never_sees_the_key(pcscd: PcscServer, reader: str):
    told = relying_software(pcscd, wrong=14)
    assert told["wrong"] == ["PinIncorrect"] * 14
    KEY.public_key().verify(
        bytes.fromhex(str(told["signature"])), b"text", padding.PKCS1v15(), hashes.SHA256()
    )
    assert told["exponent"] == "AttributeSensitive"
    with PcscCard.open(reader) as transport:
        assert IsoAppletCard(transport).tries_left() == 15


def test_fifteen_wrong_pins_lock_the_card_for_everyone(pcscd: PcscServer, reader: str, tmp_path: Path):
    told = relying_software(pcscd, wrong=15)
    assert told["wrong"] == ["PinIncorrect"] * 15
    assert told["refused"] == "PinLocked"
    (tmp_path / "text").write_bytes(b"text")
    words = run(
        pcscd,
        *("pkcs11-tool", "--module", MODULE, "--login", "--pin", "env:CARD_PIN"),
        *("--sign", "--mechanism", "SHA256-RSA-PKCS", "--id", "45"),
        *("-i", str(tmp_path / "text"), "-o", str(tmp_path / "signature")),
    )
    assert "CKR_PIN_LOCKED" in words
    assert not (tmp_path / "signature").exists()


def test_opensc_unblocks_nothing(pcscd: PcscServer, reader: str):
    run(
        pcscd,
        *("pkcs15-tool", "--reader", reader, "--unblock-pin", "--auth-id", "01"),
        *("--puk", "env:CARD_PIN", "--new-pin", "env:WRONG_PIN"),
    )
    told = relying_software(pcscd, wrong=0)
    assert told["label"] == "Card 1"
    assert "signature" in told


def test_card_is_made_over_pcsc_and_found_by_its_serial(pcscd: PcscServer, tmp_path: Path):
    assert list_readers() == ("Virtual PCD 00 00", "Virtual PCD 00 01")
    make_blank_card(path=tmp_path / "b.card", file_key=FILE_KEY)
    with pcscd.card_in_reader(path=tmp_path / "b.card", file_key=FILE_KEY, slot=1) as reader:
        with pytest.raises(CardRefused, match="in no reader"):
            find_card(SERIAL)
        with PcscCard.open(reader) as transport:
            personalise(IsoAppletCard(transport))
        with find_card(SERIAL) as transport:
            assert transport.reader == reader
            assert IsoAppletCard(transport).read_certificate() == certificate()
            with pytest.raises(CardRefused):
                PcscCard.open(reader)  # held by one at a time
    with pytest.raises(CardRefused):
        PcscCard.open(reader)


def test_vpcd_is_not_reachable_from_this_network(pcscd: PcscServer):
    theirs, ours = Path(f"/proc/{pcscd.pid}/ns/net"), Path("/proc/self/ns/net")
    assert theirs.stat().st_ino != ours.stat().st_ino
