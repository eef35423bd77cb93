"""Verifies a case's decisions from an export alone: python3 verify_decisions.py EXPORT.json ROSTER_KEY_SHA256

EXPORT.json is what `inro audit export-decisions NUMBER` wrote; the hash is that of the roster key
(SubjectPublicKeyInfo, DER) in the ceremony's transcript. Needs Python and `cryptography`, nothing of inro.

Checked of each decision: the roster is signed by that key; the security key is an officer's of it, with the
duty on the day; the assertion (WebAuthn Level 3, 7.2) is of a present and verified user, made for the
roster's site, over the SHA-256 of exactly the content shown; each decision follows the one before it; no
person decides twice.
"""

import hashlib
import json
import sys
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

JAPAN = timezone(timedelta(hours=9))
PRESENT_AND_VERIFIED = 0x01 | 0x04
# EC2, ES256, P-256; then x and y of 32 octets each (RFC 9053 2.1, 7.1.1), as authenticators write them.
COSE_HEAD, COSE_MIDDLE = bytes.fromhex("a5010203262001215820"), bytes.fromhex("225820")
DUTIES = {
    "examination": "examination",
    "acceptance": "acceptance",
    "issuance": "issuance_approval",
    "rejection": "acceptance",
    "legal-disclosure": "disclosure",
}


class NotVerified(Exception):
    """What does not hold, in words."""


def octets(text: str) -> bytes:
    """Return the octets of base64url text without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def require(holds: object, what: str) -> None:
    """Stop with `what` unless it holds."""
    if not holds:
        raise NotVerified(what)


def verified_rosters(export: dict, key_sha256: str) -> dict:
    """Return the rosters the ceremony's key signed, by the hash of their bytes."""
    key = octets(export["roster_key"])
    require(hashlib.sha256(key).hexdigest() == key_sha256.lower(), "the roster key is another")
    public, found = load_der_public_key(key), {}
    for roster in export["rosters"]:
        document = roster["document"].encode()
        try:
            public.verify(octets(roster["signature"]), document, padding.PKCS1v15(), SHA256())
        except InvalidSignature as error:
            raise NotVerified("a roster is not signed by the roster key") from error
        found[hashlib.sha256(document).hexdigest()] = json.loads(document)
    return found


def public_key(cose: bytes) -> ec.EllipticCurvePublicKey:
    """Return an officer's key from its COSE form."""
    x, middle, y = cose[10:42], cose[42:45], cose[45:]
    require(cose[:10] == COSE_HEAD and middle == COSE_MIDDLE and len(y) == 32, "the key is no ES256 key")
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())
    return numbers.public_key()


def verify_assertion(decision: dict, roster: dict, key: ec.EllipticCurvePublicKey) -> None:
    """Check the assertion over the decision's content."""
    client_bytes, data = octets(decision["client_data_json"]), octets(decision["authenticator_data"])
    client = json.loads(client_bytes)
    challenge = hashlib.sha256(decision["content"].encode()).digest()
    require(client["type"] == "webauthn.get", "it is no assertion")
    require(octets(client["challenge"]) == challenge, "it was made over another content")
    require(client["origin"] in roster["origins"], "it was made on another site")
    require(not client.get("crossOrigin"), "it was made inside another site")
    require(data[:32] == hashlib.sha256(roster["rp_id"].encode()).digest(), "it is for another site")
    require(data[32] & PRESENT_AND_VERIFIED == PRESENT_AND_VERIFIED, "no verified user was present")
    signed = data + hashlib.sha256(client_bytes).digest()
    try:
        key.verify(octets(decision["signature"]), signed, ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise NotVerified("the signature does not fit") from error


def assertion_hash(decision: dict) -> str:
    """Return the hash by which a later decision names this one."""
    names = ("credential_id", "authenticator_data", "client_data_json")
    parts = (hashlib.sha256(octets(decision[name])).digest() for name in names)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def officer_of(decision: dict, roster: dict, duty: str) -> tuple[str, ec.EllipticCurvePublicKey]:
    """Return who holds the security key, and its public key, if the person held the duty that day."""
    decided = datetime.fromisoformat(decision["decided_at"])
    decided = decided if decided.tzinfo else decided.replace(tzinfo=UTC)
    day = decided.astimezone(JAPAN).date().isoformat()
    for officer in roster["officers"]:
        for credential in officer["credentials"]:
            if credential["id"] == decision["credential_id"]:
                held = any(
                    one["duty"] == duty
                    and one["first_day"] <= day
                    and (one["last_day"] is None or day <= one["last_day"])
                    for one in officer["duties"]
                )
                require(held, f"{officer['person']} had no duty {duty} on {day}")
                return officer["person"], public_key(octets(credential["public_key"]))
    raise NotVerified("the security key is nobody's on the roster")


def verify(export: dict, key_sha256: str) -> list[str]:
    """Return a line for each decision; the first that does not hold stops."""
    require(export["form"] == "inro decisions 1", "this is no export of decisions")
    rosters, lines, hashes, persons = verified_rosters(export, key_sha256), [], [""], {}
    for decision in export["decisions"]:
        content = json.loads(decision["content"])
        purpose, case = content["purpose"], content["case"]
        require(case == export["application"], "it is of another case")
        require(content["roster_sha256"] in rosters, "its roster is not in the export")
        roster = rosters[content["roster_sha256"]]
        person, key = officer_of(decision, roster, DUTIES[purpose])
        require(content["duty"] == DUTIES[purpose] and person == decision["person"], "it is another's")
        verify_assertion(decision, roster, key)
        require(content["follows"] in hashes, "it follows a decision that is not there")
        hashes.append(assertion_hash(decision))
        persons.setdefault(purpose, set()).add(person)
        lines.append(f"{purpose:12} {content['verdict']:7} {person:16} {decision['decided_at']}")
    for one, other in (
        ("examination", "acceptance"),
        ("acceptance", "issuance"),
        ("examination", "rejection"),
    ):
        require(not persons.get(one, set()) & persons.get(other, set()), f"one person did {one} and {other}")
    return lines


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        for line in verify(json.loads(Path(sys.argv[1]).read_text("utf-8")), sys.argv[2]):
            print("ok", line)
    except (NotVerified, ValueError, KeyError, TypeError) as error:
        sys.exit(f"not verified: {error}")
