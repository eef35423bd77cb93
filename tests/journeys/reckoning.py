"""What must hold after any death, read from files and tables by plain means, not by the house's own reads.

`standing_faults` may be asked at any moment, before anybody has mended anything; `closing_faults` once every
order is done and the signer has let its journal go.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, ObjectClass

from inro.adapters.card_commands import IsoAppletCard
from inro.adapters.pkcs11_core import Token
from inro.adapters.soft_card import SoftCard
from inro.adapters.token_address import read_address
from inro.demo.subscriber import pin_of
from inro.store.audit_verify import verify_chain
from tests.journeys.installation import Premises

# Each statement finds what must not be; its first column names it.
_NEVER = {
    "second certificate for an application": """
        SELECT application_id FROM store_certificate WHERE role = 'subscriber'
        GROUP BY application_id HAVING count(*) > 1""",
    "certificate without a card": """
        SELECT x.id FROM store_certificate x
        LEFT JOIN store_serialnumber s ON s.id = x.serial_id
        LEFT JOIN store_issuanceorder o ON o.id = s.order_id AND o.application_id = x.application_id
        LEFT JOIN store_card c ON c.id = o.card_id AND c.application_id = x.application_id
            AND c.state IN ('reserved', 'personalised')
        LEFT JOIN store_subscriberkey k ON k.id = x.key_id AND k.card_id = c.id
        WHERE x.role = 'subscriber' AND k.id IS NULL""",
    "certificate without evidence that key and PIN are erased": """
        SELECT x.id FROM store_certificate x JOIN store_subscriberkey k ON k.id = x.key_id
        WHERE (SELECT count(*) FROM store_erasure e WHERE e.card_id = k.card_id) <> 2""",
    "certificate never intended, or intended otherwise": """
        SELECT x.id FROM store_certificate x LEFT JOIN store_signingintent i ON i.serial_id = x.serial_id
        WHERE x.role = 'subscriber' AND (i.id IS NULL OR i.not_after <> x.not_after)""",
    "second serial number for an order": """
        SELECT order_id FROM store_serialnumber WHERE order_id IS NOT NULL
        GROUP BY order_id HAVING count(*) > 1""",
    "card reserved for no order": """
        SELECT c.serial FROM store_card c LEFT JOIN store_issuanceorder o ON o.card_id = c.id
        WHERE c.state = 'reserved' AND o.id IS NULL""",
    "spoiled card without its record": """
        SELECT c.serial FROM store_card c LEFT JOIN store_auditrow a
            ON a.kind = 'card.spoiled' AND a.subject = 'card/' || c.serial
        WHERE c.state = 'spoiled' GROUP BY c.serial HAVING count(a.seq) <> 1""",
    "spoiled mailer without its record, or not of a spoiled card": """
        SELECT m.number FROM store_mailer m JOIN store_card c ON c.id = m.card_id LEFT JOIN store_auditrow a
            ON a.kind = 'mailer.spoiled' AND a.subject = 'mailer/' || m.number
        WHERE (m.state = 'spoiled') <> (c.state = 'spoiled')
            OR (m.state = 'spoiled' AND a.seq IS NULL)""",
    "card personalised without a certificate": """
        SELECT c.serial FROM store_card c LEFT JOIN store_subscriberkey k ON k.card_id = c.id
        LEFT JOIN store_certificate x ON x.key_id = k.id
        WHERE c.state = 'personalised' AND x.id IS NULL""",
}
_UNDONE = {
    "order not done": "SELECT id FROM store_issuanceorder WHERE state <> 'done'",
    "application not issued": "SELECT number FROM store_application WHERE state <> 'issued'",
    "card left between": """
        SELECT serial FROM store_card WHERE state NOT IN ('blank', 'personalised', 'spoiled')""",
    "mailer left between": "SELECT number FROM store_mailer WHERE state NOT IN ('printed', 'spoiled')",
    "more cards than attempts": """
        SELECT o.id FROM store_issuanceorder o JOIN store_card c ON c.application_id = o.application_id
        GROUP BY o.id HAVING count(c.id) > o.attempts""",
}
_ISSUED = """
    SELECT c.serial, x.der, m.number FROM store_issuanceorder o JOIN store_card c ON c.id = o.card_id
    JOIN store_mailer m ON m.card_id = c.id JOIN store_serialnumber s ON s.order_id = o.id
    JOIN store_certificate x ON x.serial_id = s.id WHERE o.state = 'done'"""


def token_files(premises: Premises) -> list[str]:
    """Return the object files of the subscriber-key token."""
    folder = premises.demonstration.installation.station.token
    return sorted(path.name for path in (folder / "tokens").rglob("*.object"))


def standing_faults(premises: Premises) -> list[str]:
    """Return what is wrong at this moment, in words."""
    with closing(_open(premises.records)) as records:
        return [*_found(records, _NEVER), *_chain(records, ()), *_keys(records), *_mailers(records, premises)]


def closing_faults(premises: Premises) -> list[str]:
    """Return what is wrong now that everything should be done."""
    with closing(_open(premises.records)) as records:
        return [
            *_found(records, _UNDONE),
            *_cards(records, premises),
            *_journal(records, premises),
            *_token(premises),
        ]


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)


def _found(records: sqlite3.Connection, statements: dict[str, str]) -> Iterator[str]:
    for fault, statement in statements.items():
        yield from (f"{fault}: {row[0]}" for row in records.execute(statement))


def _chain(records: sqlite3.Connection, anchors: Sequence[tuple[int, str]]) -> list[str]:
    verdict = verify_chain(records, anchors=anchors)
    return [f"audit row {found.seq}: {found.damage}" for found in verdict.findings]


def _keys(records: sqlite3.Connection) -> Iterator[str]:
    for certificate, der, public_key_info in records.execute(
        "SELECT x.id, x.der, k.public_key_info FROM store_certificate x "
        "JOIN store_subscriberkey k ON k.id = x.key_id"
    ):
        key = x509.load_der_x509_certificate(der).public_key()
        if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != public_key_info:
            yield f"certificate {certificate} is of another key than its card's"


def _mailers(records: sqlite3.Connection, premises: Premises) -> Iterator[str]:
    """One file a number, no file without a record, no record of a print without its file (19.3)."""
    printed = Counter(path.stem.removeprefix("pin-mailer-") for path in _mailer_files(premises))
    states = dict(records.execute("SELECT number, state FROM store_mailer"))
    told = Counter(
        json.loads(details)["mailer"]
        for (details,) in records.execute(
            "SELECT details FROM store_auditrow WHERE kind = 'issuance.mailer_printed'"
        )
    )
    yield from (f"mailer {number} printed without a record" for number in printed.keys() - states.keys())
    yield from (f"mailer {number} printed twice" for number, count in (printed + told).items() if count > 2)
    for number, state in states.items():
        if state == "printed" and (printed[number], told[number]) != (1, 1):
            yield f"mailer {number} is recorded as printed and was not"


def _mailer_files(premises: Premises) -> list[Path]:
    return sorted((premises.home / "mailers").iterdir())


def _cards(records: sqlite3.Connection, premises: Premises) -> Iterator[str]:
    """Each card gives back its certificate, and the PIN of its mailer lets its key sign (12.8, 17.1, 19)."""
    for serial, der, number in records.execute(_ISSUED):
        pin = pin_of(premises.home / "mailers" / f"pin-mailer-{number}.pdf")
        key = x509.load_der_x509_certificate(der).public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        with SoftCard.open(
            path=premises.card_folder / f"{serial}.card", file_key=premises.demonstration.card_file_key
        ) as transport:
            card = IsoAppletCard(transport)
            if card.read_certificate() != der:
                yield f"card {serial} carries another certificate"
            key.verify(card.sign(pin, b"bid"), b"bid", padding.PKCS1v15(), hashes.SHA256())


def _journal(records: sqlite3.Connection, premises: Premises) -> Iterator[str]:
    """The signer's own memory and the records tell the same, entry for entry (9.1, 17.1)."""
    with closing(_open(premises.demonstration.installation.signer.journal)) as journal:
        entries = {
            (kind, key): json.loads(details)
            for kind, key, details in journal.execute("SELECT kind, key, details FROM entry")
        }
    orders = records.execute(
        "SELECT s.serial, x.sha256, k.spki_sha256, i.tbs_sha256 FROM store_certificate x "
        "JOIN store_serialnumber s ON s.id = x.serial_id JOIN store_signingintent i ON i.serial_id = s.id "
        "JOIN store_subscriberkey k ON k.id = x.key_id"
    ).fetchall()
    for serial, sha256, spki_sha256, tbs_sha256 in orders:
        told = (
            entries.get(("certificate", serial.hex()), {}).get("sha256"),
            entries.get(("public-key", spki_sha256), {}).get("serial"),
            entries.get(("intent", serial.hex()), {}).get("tbs_sha256"),
        )
        if told != (sha256, serial.hex(), tbs_sha256):
            yield f"journal and records differ on {serial.hex()}"
    counts = Counter(kind for kind, _ in entries)
    for kind, wanted in {"certificate": 1, "serial": 1, "public-key": 1, "intent": 1}.items():
        # The intent of the OCSP responder's certificate is the journal's too.
        others = sum(bool(details.get("responder")) for (what, _), details in entries.items() if what == kind)
        if counts[kind] != wanted * len(orders) + others:
            yield f"the journal holds {counts[kind]} of {kind} for {len(orders)} certificates"
    anchors = [
        (int(key), details["hash"]) for (kind, key), details in entries.items() if kind == "audit-head"
    ]
    yield from _chain(records, anchors)


def _token(premises: Premises) -> Iterator[str]:
    """The subscriber-key token holds the station's own key and no other (17.3)."""
    address = read_address(premises.demonstration.installation.station.token)
    with Token.open(address, premises.demonstration.shares.pin("station")) as token:
        session = token.private_session()
        for kind in (ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY, ObjectClass.SECRET_KEY):
            labels = [item[Attribute.LABEL] for item in session.get_objects({Attribute.CLASS: kind})]
            if labels not in ([], ["station"]):
                yield f"{kind.name} in the token: {labels}"
        session.close()


def deaths_by_state(premises: Premises) -> dict[str, int]:
    """Return how many cards stand in each state."""
    with closing(_open(premises.records)) as records:
        return dict(records.execute("SELECT state, count(*) FROM store_card GROUP BY state"))
