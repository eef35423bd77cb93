"""What may not be published: broken, foreign, out of time, older, or shorter without a reason (4(6), 26)."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inro.pki.assemble import assemble_ca_certificate, assemble_list
from inro.pki.ca_draft import CaName
from inro.pki.crl import ListKey, ListKind, encode_entry
from inro.pki.issuer import Issuer, issuer_of
from inro.pki.list_guard import CLOCKS_DIFFER, Stop, stop_after, stop_of
from tests.pki import material

AT = datetime(2026, 12, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CRL = ListKey(ListKind.CRL)


def made(number: int, *names: str, at: datetime = AT, **changes: Any) -> bytes:
    """Return a signed list of that number, made at an instant, of these certificates."""
    entries = [
        encode_entry(serial=material.serial(name), revoked_at=AT - DAY, reason_code=1) for name in names
    ]
    return material.signed_list(
        number=number, this_update=at, next_update=at + 2 * DAY, entries=entries, **changes
    )


def alone(signed: bytes, *, now: datetime = AT, key: ListKey = CRL, number: int = 5) -> Stop | None:
    """Return what stands against a list by itself."""
    return stop_of(signed=signed, key=key, number=number, issuer=material.issuer(), now=now)


def beside(
    signed: bytes,
    published: bytes,
    *,
    ends: dict[str, datetime] | None = None,
    listed_at: datetime | None = AT,
) -> Stop | None:
    """Return what stands against putting a list in the place of another."""
    known = {material.serial(name).to_bytes(20): end for name, end in (ends or {}).items()}

    def ends_of(serials: Collection[bytes]) -> dict[bytes, datetime]:
        return {serial: known[serial] for serial in serials if serial in known}

    return stop_after(
        signed=signed, published=published, listed_at=listed_at, ends=ends_of, issuer=material.issuer()
    )


def other_ca(name: CaName = material.CA_NAME, key: str = "other-ca") -> Issuer:
    """Return another CA; of the same name with another key unless it is told."""
    tbs = material.ca_draft(name=name, public_key_info=material.public_key_info(key)).tbs
    return issuer_of(assemble_ca_certificate(tbs=tbs, signature=material.signer(key)(tbs)))


def signed_by(issuer: Issuer, key: str) -> bytes:
    """Return a list of another CA."""
    tbs = material.list_draft(number=5, this_update=AT, next_update=AT + DAY, issuer=issuer).tbs
    return assemble_list(tbs=tbs, signature=material.signer(key)(tbs), issuer=issuer)


def test_a_list_of_now_may_be_published() -> None:
    assert alone(made(5)) is None
    for key in (ListKey(ListKind.CRL, 3), ListKey(ListKind.ARL), ListKey(ListKind.FULL_CRL)):
        signed = made(5, kind=key.kind, partition=key.partition)
        assert alone(signed, key=key) is None
        assert (key == CRL) or alone(signed) is Stop.FOREIGN


@pytest.mark.parametrize("damage", ["cut", "altered", "empty", "no list"])
def test_a_broken_list_is_stopped(damage: str) -> None:
    signed = made(5, "a")
    broken = {
        "cut": signed[:-1],
        "altered": signed[:-1] + bytes((signed[-1] ^ 1,)),
        "empty": b"",
        "no list": material.certificate(),
    }[damage]
    assert alone(broken) is Stop.BROKEN


def test_a_list_of_another_ca_is_stopped() -> None:
    elsewhere = other_ca(CaName(organization="Elsewhere", common_name="Other CA"))
    assert alone(signed_by(elsewhere, "other-ca")) is Stop.FOREIGN
    assert alone(signed_by(other_ca(), "other-ca")) is Stop.BROKEN


def test_a_list_under_another_number_is_stopped() -> None:
    assert alone(made(4)) is Stop.FOREIGN
    assert alone(made(6)) is Stop.FOREIGN


def test_a_list_out_of_time_is_stopped() -> None:
    signed = made(5)
    assert alone(signed, now=AT + 2 * DAY - timedelta(seconds=1)) is None
    assert alone(signed, now=AT + 2 * DAY) is Stop.EXPIRED
    assert alone(signed, now=AT - CLOCKS_DIFFER) is None
    assert alone(signed, now=AT - CLOCKS_DIFFER - timedelta(seconds=1)) is Stop.FUTURE


def test_a_step_back_in_number_or_time_is_stopped() -> None:
    published = made(5, "a")
    assert beside(made(6, "a", at=AT), published) is None
    assert beside(made(6, "a", "b", at=AT + HOUR), published) is None
    assert beside(made(4, "a", at=AT + HOUR), published) is Stop.OLDER
    assert beside(made(6, "a", at=AT - HOUR), published) is Stop.OLDER
    assert beside(published, published) is None
    assert beside(made(5, "a", "b"), published) is Stop.OLDER


def test_a_list_that_shrinks_is_stopped_unless_the_certificates_ended_and_were_listed_after() -> None:
    """RFC 5280 3.3: an entry leaves only after a list of after its certificate's end."""
    published, after = made(5, "a", "b"), made(6, "b", at=AT + HOUR)
    assert beside(after, published) is Stop.SHRUNK
    assert beside(after, published, ends={"a": AT - HOUR}) is None
    assert beside(after, published, ends={"a": AT}) is Stop.SHRUNK
    assert beside(after, published, ends={"a": AT - HOUR}, listed_at=None) is Stop.SHRUNK
    assert beside(made(6, "c", "b", at=AT + HOUR), published, ends={"c": AT - HOUR}) is Stop.SHRUNK
    assert beside(made(6, "b", "a", at=AT + HOUR), published) is None


@pytest.mark.parametrize("there", ["garbage", "another CA's", "another list's"])
def test_what_is_published_and_not_this_list_stands_in_no_ones_way(there: str) -> None:
    published = {
        "garbage": b"Not found",
        "another CA's": signed_by(other_ca(), "other-ca"),
        "another list's": made(9, kind=ListKind.FULL_CRL),
    }[there]
    assert beside(made(5), published) is None
