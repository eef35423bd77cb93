"""The last look at a list before anyone can fetch it: whole, ours, in force, no step back (4(6), 26, 39.4).

The signer checks what it signs; this checks what is about to be published, against what is published now.
Peers put an expired list, another CA's, or an older one under an address that certificates name.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.x509.oid import NameOID

from inro.pki.crl import ListKey, ListKind
from inro.pki.crl_entries import serials_left
from inro.pki.issuer import UNDECODABLE, Issuer
from inro.pki.repository import UNDIVIDED
from inro.pki.signature import AlgorithmNotPermitted, verify_signed

CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much the clocks of two of the house's machines may differ."""

_PARTITION = re.compile(r"crl-([1-9][0-9]{0,2})")

type Ends = Callable[[Collection[bytes]], Mapping[bytes, datetime]]
"""Says when the certificates of serials (20 octets) end, as far as they are known."""


class Stop(StrEnum):
    """Why a list may not be published."""

    BROKEN = "broken"
    FOREIGN = "foreign"
    EXPIRED = "expired"
    FUTURE = "future"
    OLDER = "older"
    SHRUNK = "shrunk"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """What a list says of itself."""

    key: ListKey
    number: int
    this_update: datetime
    next_update: datetime


def list_facts(signed: bytes, *, issuer: Issuer) -> ListFacts | Stop:
    """Return what a list (DER) says, or why it is none of this CA's: broken or foreign."""
    try:
        parsed = x509.load_der_x509_crl(signed)
        if parsed.issuer.public_bytes() != issuer.name:
            return Stop.FOREIGN
        if not verify_signed(signed=signed, public_key_info=issuer.public_key_info):
            return Stop.BROKEN
        return _facts(parsed, issuer)
    except (*UNDECODABLE, x509.ExtensionNotFound, AlgorithmNotPermitted):
        return Stop.BROKEN


def _facts(parsed: x509.CertificateRevocationList, issuer: Issuer) -> ListFacts | Stop:
    key, due = _key(parsed.extensions, issuer), parsed.next_update_utc
    if key is None or due is None:
        return Stop.FOREIGN
    return ListFacts(
        key=key,
        number=parsed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number,
        this_update=parsed.last_update_utc,
        next_update=due,
    )


def _key(extensions: x509.Extensions, issuer: Issuer) -> ListKey | None:
    try:
        covered = extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return ListKey(ListKind.FULL_CRL)
    kind = ListKind.ARL if covered.only_contains_ca_certs else ListKind.CRL
    entries = [name.value for name in covered.full_name or () if isinstance(name, x509.DirectoryName)]
    if len(entries) != 1:
        return None
    partition = _partition(entries[0], issuer)
    return None if partition is None else ListKey(kind, partition)


def _partition(entry: x509.Name, issuer: Issuer) -> int | None:
    """Return the partition whose entry in the directory this is, or None if it is none of the CA's."""
    if entry == issuer.x509_name:
        return UNDIVIDED
    *above, last = entry.rdns
    named = [_PARTITION.fullmatch(str(one.value)) for one in last if one.oid == NameOID.COMMON_NAME]
    if above != issuer.x509_name.rdns or len(named) != 1 or named[0] is None:
        return None
    return int(named[0][1])


def stop_of(*, signed: bytes, key: ListKey, number: int, issuer: Issuer, now: datetime) -> Stop | None:
    """Say why a list (DER), meant as that number of that list, may go nowhere; None when it may."""
    facts = list_facts(signed, issuer=issuer)
    if isinstance(facts, Stop):
        return facts
    if (facts.key, facts.number) != (key, number):
        # An old list under a new number would take revocations back.
        return Stop.FOREIGN
    if facts.next_update <= now:
        return Stop.EXPIRED
    if facts.this_update > now + CLOCKS_DIFFER:
        return Stop.FUTURE
    return None


def stop_after(
    *, signed: bytes, published: bytes, listed_at: datetime | None, ends: Ends, issuer: Issuer
) -> Stop | None:
    """Say why a list (DER) may not take the place of what is `published`; None when it may.

    `listed_at` is thisUpdate of the list signed before this one: an entry may be gone if its certificate had
    ended by then, for it was once listed after its end (RFC 5280 3.3). What is published and none of this
    CA's lists of that key is worth less than any.
    """
    new, old = list_facts(signed, issuer=issuer), list_facts(published, issuer=issuer)
    if isinstance(new, Stop):
        return new
    if isinstance(old, Stop) or old.key != new.key:
        return None
    if new.number < old.number or new.this_update < old.this_update:
        return Stop.OLDER
    if new.number == old.number and signed != published:
        return Stop.OLDER
    gone = serials_left(before=published, after=signed)
    known = ends(gone) if gone else {}
    if any(listed_at is None or serial not in known or known[serial] >= listed_at for serial in gone):
        return Stop.SHRUNK
    return None
