"""A list of revoked certificates, 10,000 to 1,000,000 entries, against openssl and two limits (26.1, 39.4).

LIMIT A joins nothing: entries lie ready in one piece; one SHA-256, one signature, one write. LIMIT B has
serials and encoded times in memory, joins them into entries, then does what A does. LIMIT C reads the
entries from the record, joins them, then does what A does. All sign in software.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection

from benchmarks.cost import Comparison, Contender, compare, cost_of, cost_of_program, peak_of_program
from benchmarks.revoked import entry_of, fill_database, fill_journal, revoked, write_index
from benchmarks.rows import Row, memory_row, row_of
from benchmarks.size import Size
from benchmarks.world import NOW, House, ca_token, make_house, make_key
from inro.pki import der
from inro.pki.assemble import assemble_list
from inro.pki.crl import ListDraft, ListKey, ListKind, bodies_of, draft_list, list_keys
from inro.pki.crl_entries import check_entries, entry_set
from inro.pki.lint import blocking, lint_list
from inro.pki.signature import SignatureAlgorithm, verify_signed
from inro.pki.validity import encode_time
from inro.ports.signer import Signer
from inro.signer.journal import Journal
from inro.store.reads.revocation import revoked_entries

# Below a million a list costs mostly the lint of its sample, which costs the same for any number of entries.
LIMIT_B_BOUND = {1_000_000: 3.0}
LIMIT_C_BOUND = {1_000_000: 2.0}
OPENSSL_BOUND = {1_000_000: 0.2}
PEAK_BOUND_MB = 300
ROUNDS = {10_000: 9, 100_000: 7, 1_000_000: 5}
# What a reason code of 1 adds behind serial and time; the whole entry then has 53 octets.
_OPENING, _UTC_TIME, _REASON = b"\x30\x33\x02\x14", b"\x17\x0d", bytes.fromhex("300c300a0603551d1504030a0101")
_CONFIGURATION = """[ca]
default_ca = bench
[bench]
database = {folder}/index.txt
crlnumber = {folder}/crlnumber
private_key = {folder}/key.pem
certificate = {folder}/ca.pem
default_md = sha256
default_crl_days = 2
crl_extensions = extensions
[extensions]
authorityKeyIdentifier = keyid
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One population and where it lies."""

    folder: Path
    count: int
    house: House
    token: Signer
    software_key: rsa.RSAPrivateKey


def measure(size: Size, *, entries: int) -> list[Row]:
    """Return the rows for lists of `entries` entries, or of that part of them."""
    count = size.of(entries)
    rounds = size.rounds(ROUNDS[entries])
    with tempfile.TemporaryDirectory() as name, ca_token(Path(name) / "token") as (_, ca):
        place = _Place(
            folder=Path(name), count=count, house=make_house(ca), token=ca, software_key=make_key()
        )
        fill_database(count)
        openssl = _openssl(place)
        comparisons, checked = _compare_building(place, openssl, rounds)
        openssl_peak = peak_of_program(openssl)
        rows = _building_rows(comparisons, checked, entries, count)
        journal = Journal.open(place.folder / "journal.sqlite", authenticator=ca)
        fill_journal(journal, count)
        rows.append(_entry_check_row(place, journal, count, rounds))
        journal.close()
        return rows + _memory_rows(place, openssl_peak, count)


def _compare_building(
    place: _Place, openssl: list[str], rounds: int
) -> tuple[dict[str, Comparison], dict[str, Any]]:
    made: dict[str, bytes] = {}
    pairs = [(serial, encode_time(at)[1]) for serial, at in revoked(place.count)]
    others: dict[str, Contender] = {
        "limit B": lambda: cost_of(lambda: made.update(b=_join_and_sign(place, pairs))),
        "limit C": lambda: cost_of(lambda: _read_and_sign(place)),
        "limit A": _limit_a(place, b"".join(entry_of(*one) for one in revoked(place.count))),
        "openssl": lambda: cost_of_program(openssl),
    }
    comparisons = compare(
        ours=lambda: cost_of(lambda: made.update(ours=_build(place))), others=others, rounds=rounds
    )
    return comparisons, _check(place, made)


def _build(place: _Place) -> bytes:
    """Do to a list what the signer does, but for reading every entry again, which has a row of its own."""
    draft = _draft(place)
    standing = blocking(
        findings=lint_list(draft=draft, profile=place.house.list_profile, issuer=place.house.issuer),
        profile=place.house.list_profile,
    )
    if standing:
        raise ValueError(standing)
    signed = assemble_list(tbs=draft.tbs, signature=place.token.sign(draft.tbs), issuer=place.house.issuer)
    # Both hashes go on record, one before and one after the signature.
    record = {"tbs_sha256": draft.tbs_sha256, "sha256": hashlib.sha256(signed).hexdigest()}
    (place.folder / "ours.crl").write_bytes(signed)
    (place.folder / "ours.json").write_text(json.dumps(record))
    return signed


def _draft(place: _Place) -> ListDraft:
    return draft_list(
        kind=ListKind.CRL,
        number=1,
        this_update=NOW,
        next_update=NOW + timedelta(hours=place.house.list_profile.lifetime_hours),
        entries=bodies_of(list_keys(0), revoked_entries())[ListKey(ListKind.CRL)],
        profile=place.house.list_profile,
        issuer=place.house.issuer,
    )


def _limit_a(place: _Place, body: bytes) -> Contender:
    return lambda: cost_of(lambda: _sign_and_write(place, body))


def _join_and_sign(place: _Place, pairs: list[tuple[bytes, bytes]]) -> bytes:
    body = b"".join([_OPENING + serial + _UTC_TIME + time + _REASON for serial, time in pairs])
    return _sign_and_write(place, body)


def _read_and_sign(place: _Place) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM store_revokedentry ORDER BY id")
        body = b"".join([entry for (entry,) in cursor.fetchall()])
    return _sign_and_write(place, body)


def _sign_and_write(place: _Place, body: bytes) -> bytes:
    signature = place.software_key.sign(body, padding.PKCS1v15(), SHA256())
    signed = der.join_signed(tbs=body, algorithm=SignatureAlgorithm.SHA256.identifier, signature=signature)
    (place.folder / "limit.crl").write_bytes(signed)
    return body


def _openssl(place: _Place) -> list[str]:
    """Return the command that makes the same list with a key in a file."""
    folder = place.folder
    write_index(folder / "index.txt", place.count)
    (folder / "crlnumber").write_text("01\n")
    (folder / "openssl.cnf").write_text(_CONFIGURATION.format(folder=folder))
    (folder / "key.pem").write_bytes(
        place.software_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Bench")])
    certificate = (
        x509.CertificateBuilder(name, name, place.software_key.public_key(), 1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=3650))
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(place.software_key.public_key()), critical=False
        )
        .sign(place.software_key, SHA256())
    )
    (folder / "ca.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "ca", "-gencrl", "-config", str(folder / "openssl.cnf")]
    return [*command, "-out", str(folder / "openssl.pem")]


def _check(place: _Place, made: dict[str, bytes]) -> dict[str, Any]:
    """Look at what was made: ours verifies and lists everyone, the limit joined the same octets."""
    theirs = x509.load_pem_x509_crl((place.folder / "openssl.pem").read_bytes())
    return {
        "entries": len(x509.load_der_x509_crl(made["ours"])),
        "verified": verify_signed(signed=made["ours"], public_key_info=place.house.issuer.public_key_info),
        "same_as_limit": made["b"] in made["ours"],
        "openssl_entries": len(theirs),
    }


def _building_rows(
    comparisons: dict[str, Comparison], checked: dict[str, Any], entries: int, count: int
) -> list[Row]:
    against = {
        "limit B": ("LIMIT B: join, hash, sign, write", LIMIT_B_BOUND.get(entries)),
        "limit C": ("LIMIT C: read, join, hash, sign, write", LIMIT_C_BOUND.get(entries)),
        "limit A": ("LIMIT A: hash, sign, write", None),
        "openssl": ("openssl ca -gencrl", OPENSSL_BOUND.get(entries)),
    }
    return [
        row_of(
            comparison,
            figure="lists",
            subject=f"list of {count:,} entries from the database: built, linted, signed, verified",
            against=against[name][0],
            per="list",
            bound=against[name][1],
            checked=checked,
        )
        for name, comparison in comparisons.items()
    ]


def _entry_check_row(place: _Place, journal: Journal, count: int, rounds: int) -> Row:
    signed, key = (place.folder / "ours.crl").read_bytes(), place.house.chance.randbytes(32)
    found: dict[str, Any] = {}

    def ours() -> None:
        listed = check_entries(signed, key=key)
        entries = (bytes.fromhex(entry) for *_, entry in journal.revocations())
        found.update(
            entries=listed.entries.count,
            problems=len(listed.problems),
            complete=listed.entries == entry_set(entries, key=key),
        )

    def theirs() -> None:
        found["peer_entries"] = len({entry.serial_number for entry in x509.load_der_x509_crl(signed)})

    comparison = compare(
        ours=lambda: cost_of(ours), others={"peer": lambda: cost_of(theirs)}, rounds=min(rounds, 2)
    )["peer"]
    return row_of(
        comparison,
        figure="lists",
        subject=f"every entry of {count:,} read, compared with the journal's",
        against="cryptography: load, serials into a set",
        per="list",
        checked=found,
    )


def _memory_rows(place: _Place, openssl_peak_kib: int, count: int) -> list[Row]:
    """Have the signer make the list by itself, from start to end, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.one_list", str(place.folder)]
    answer = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    checked = {"entries": answer["entries"], "verified": answer["verified"]}
    peak = answer["peak_kib"] / 1024
    subject = f"list of {count:,} entries: the signer's whole process"
    return [
        memory_row(
            figure="lists",
            subject=subject,
            against=f"{PEAK_BOUND_MB} MB",
            ours_mb=peak,
            theirs_mb=PEAK_BOUND_MB,
            bound=1.0,
            checked=checked,
        ),
        memory_row(
            figure="lists",
            subject=subject,
            against="openssl ca -gencrl",
            ours_mb=peak,
            theirs_mb=openssl_peak_kib / 1024,
            bound=None,
            checked=checked,
        ),
    ]
