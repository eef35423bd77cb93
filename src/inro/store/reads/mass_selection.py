"""Which certificates a criterion means, found twice: in the records' columns, and in the certificates (22.1).

The two share no way to what they ask. The first goes by the columns that the house works with; the second
parses each certificate and, for what none says, the paper that the station signed over its key, the officer's
signed approval and the card's own row. A query that forgets some certificates forgets them in one of the two.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from inro.japanese.organization_name import reduce_name
from inro.japanese.search_key import search_key
from inro.pki.certified_facts import CertifiedFacts, certified_facts
from inro.pki.der import EncodingRefused
from inro.pki.hand_over import HandOver, HandOverRefused
from inro.pki.roster import decode_roster
from inro.practice.approval import Purpose
from inro.practice.calendar import end_of_day, jst_date, start_of_day
from inro.practice.certificate import CertificateState
from inro.practice.mass_revocation import Criterion, LeftOut
from inro.store.models import (
    Card,
    Certificate,
    Decision,
    InstalledRoster,
    IssuanceOrder,
    RevocationCase,
    RevokedEntry,
    SubscriberKey,
)
from inro.store.plain_sql import octets
from inro.store.states import Scope

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A certificate that the columns give; `left_out` says why it is not on the list."""

    serial: str
    certificate: int
    application: str
    not_after: datetime
    left_out: LeftOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A certificate that its own bytes give; `proved` is false where nothing vouches for its card."""

    serial: str
    left_out: LeftOut | None
    organization: str
    issued_at: datetime
    proved: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Papers:
    """What the papers of an issuing say of a certificate that itself says nothing of it."""

    card_model: str
    key_origin: str
    profile_sha256: str
    operator: str


def recorded_selection(criterion: Criterion, *, at: datetime) -> Iterator[Recorded]:
    """Yield what the columns give, by the serials."""
    rows = _columns(criterion).order_by("serial__serial")
    found = rows.annotate(left_out=_left_out(at)).values_list(
        "serial__serial",
        "pk",
        "application__number",
        "not_after",
        "left_out",
        KeyTextTransform("name", KeyTransform("organization", "application__content")),
    )
    fits = _organization_of(criterion)
    for serial, certificate, application, not_after, left_out, organization in found.iterator(_AT_ONCE):
        if fits(organization or ""):
            yield Recorded(
                serial=_hex(serial),
                certificate=certificate,
                application=application,
                not_after=not_after,
                left_out=LeftOut(left_out) if left_out else None,
            )


def certified_selection(criterion: Criterion, *, at: datetime) -> Iterator[Certified]:
    """Yield what the certificates give, by the serials under which they are kept.

    One that cannot be read, or whose card nothing vouches for, is yielded unproved: it may be meant.
    """
    rows = Certificate.objects.filter(role=Scope.SUBSCRIBER, der__isnull=False).order_by("serial__serial")
    kept = rows.values_list("serial__serial", "der", "application_id").iterator(_AT_ONCE)
    people = _people() if criterion.operator else {}
    for some in batched(kept, _AT_ONCE):
        read = [(_hex(serial), octets(der) or b"", case or 0) for serial, der, case in some]
        yield from _certified(criterion, read, people, at)


def _columns(criterion: Criterion) -> QuerySet[Certificate]:
    rows = Certificate.objects.filter(role=Scope.SUBSCRIBER).exclude(state=CertificateState.DISPOSED)
    if criterion.card_model:
        rows = rows.filter(key__card__model=criterion.card_model)
    if criterion.key_origin:
        rows = rows.filter(key__origin=criterion.key_origin)
    if criterion.profile_sha256:
        rows = rows.filter(profile_sha256=criterion.profile_sha256)
    if criterion.organization and _is_number(criterion.organization):
        rows = rows.filter(application__content__organization__corporate_number=criterion.organization)
    if criterion.operator:
        rows = rows.annotate(operator=Subquery(_issuing())).filter(operator=criterion.operator)
    if criterion.issued_from:
        rows = rows.filter(issued_at__gte=start_of_day(criterion.issued_from))
    if criterion.issued_until:
        rows = rows.filter(issued_at__lte=end_of_day(criterion.issued_until))
    if criterion.lasts_until:
        rows = rows.filter(not_after__gte=start_of_day(criterion.lasts_until))
    return rows


def _issuing() -> QuerySet[Decision, Any]:
    """Return who approved a certificate's issuing last, as a subquery."""
    approved = Decision.objects.filter(application=OuterRef("application"), purpose=Purpose.ISSUANCE)
    return approved.order_by("-pk").values("person")[:1]


def _left_out(at: datetime) -> Case:
    own = RevocationCase.objects.standing().filter(certificate=OuterRef("pk"))
    return Case(
        When(state=CertificateState.REVOKED, then=Value(LeftOut.REVOKED.value)),
        When(Q(state=CertificateState.EXPIRED) | Q(not_after__lt=at), then=Value(LeftOut.EXPIRED.value)),
        When(Exists(own), then=Value(LeftOut.OWN_CASE.value)),
        default=Value(""),
        output_field=CharField(),
    )


def _certified(
    criterion: Criterion,
    kept: list[tuple[str, bytes, int]],
    people: dict[bytes, str],
    at: datetime,
) -> Iterator[Certified]:
    facts = {serial: _facts(serial, der) for serial, der, _ in kept}
    read = {case: known for serial, _, case in kept if (known := facts[serial])}
    papers = _papers(read, people) if criterion.asks_the_card else {}
    left_out = _why_left_out([known.serial for known in facts.values() if known], facts, at)
    fits = _organization_of(criterion)
    for serial, _, case in kept:
        known, paper = facts[serial], papers.get(case)
        proved = known is not None and (paper is not None or not criterion.asks_the_card)
        if known is None:
            yield Certified(serial=serial, left_out=None, organization="", issued_at=at, proved=False)
        elif _says(criterion, known, fits) and (not proved or _was_issued(criterion, paper)):
            yield Certified(
                serial=serial,
                left_out=left_out.get(serial),
                organization=known.corporate_number or known.organization,
                issued_at=known.not_before,
                proved=proved,
            )


def _facts(serial: str, der: bytes) -> CertifiedFacts | None:
    """Return what a certificate says, None where it is none or another than it is kept as."""
    try:
        found = certified_facts(der)
    except EncodingRefused:
        return None
    return found if found.serial == serial else None


def _says(criterion: Criterion, known: CertifiedFacts, fits: Callable[[str], bool]) -> bool:
    issued_on = jst_date(known.not_before)
    by_number = criterion.organization and _is_number(criterion.organization)
    return (
        (not by_number or known.corporate_number == criterion.organization)
        and (not criterion.issued_from or issued_on >= criterion.issued_from)
        and (not criterion.issued_until or issued_on <= criterion.issued_until)
        and (not criterion.lasts_until or jst_date(known.not_after) >= criterion.lasts_until)
        and fits(known.organization)
    )


def _was_issued(criterion: Criterion, paper: _Papers | None) -> bool:
    if paper is None:
        return True
    asked = (criterion.card_model, criterion.key_origin, criterion.profile_sha256, criterion.operator)
    told = (paper.card_model, paper.key_origin, paper.profile_sha256, paper.operator)
    return all(not one or one == other for one, other in zip(asked, told, strict=True))


def _papers(read: dict[int, CertifiedFacts], people: dict[bytes, str]) -> dict[int, _Papers]:
    """Return by case what was signed over the very key that its certificate carries."""
    orders = IssuanceOrder.objects.filter(application__in=read, hand_over__isnull=False)
    signed = {
        case: statement
        for case, payload in orders.values_list("application_id", "hand_over")
        if (statement := _statement(octets(payload) or b""))
        and statement.public_key_sha256 == read[case].public_key_sha256
    }
    models = dict(
        Card.objects.filter(serial__in=[one.card_serial for one in signed.values()]).values_list(
            "serial", "model"
        )
    )
    keys = SubscriberKey.objects.filter(spki_sha256__in=[one.public_key_sha256 for one in signed.values()])
    origins = dict(keys.values_list("spki_sha256", "origin"))
    approvals = _approvals([one.approvals[-1] for one in signed.values()])
    found = {}
    for case, one in signed.items():
        profile, credential = approvals.get(one.approvals[-1], ("", b""))
        if one.card_serial in models and one.public_key_sha256 in origins and profile:
            found[case] = _Papers(
                card_model=models[one.card_serial],
                key_origin=origins[one.public_key_sha256],
                profile_sha256=profile,
                operator=people.get(credential, ""),
            )
    return found


def _statement(payload: bytes) -> HandOver | None:
    try:
        return HandOver.decode(payload)
    except HandOverRefused:
        return None


def _approvals(hashes: list[str]) -> dict[str, tuple[str, bytes]]:
    """Return by assertion the profile that was signed for, and with which security key."""
    rows = Decision.objects.filter(assertion_sha256__in=hashes, content__isnull=False)
    return {
        assertion: (json.loads(octets(content) or b"{}")["profile_sha256"], bytes(credential))
        for assertion, content, credential in rows.values_list("assertion_sha256", "content", "credential_id")
    }


def _people() -> dict[bytes, str]:
    """Return whose each security key is by the rosters on record."""
    documents = InstalledRoster.objects.filter(document__isnull=False).order_by("version")
    rosters = [decode_roster(octets(one) or b"") for one in documents.values_list("document", flat=True)]
    return {
        credential.credential_id: officer.person
        for roster in rosters
        for officer in roster.officers
        for credential in officer.credentials
    }


def _why_left_out(
    serials: Iterable[str], facts: dict[str, CertifiedFacts | None], at: datetime
) -> dict[str, LeftOut]:
    among = [bytes.fromhex(serial) for serial in serials]
    own = RevocationCase.objects.standing().filter(certificate__serial__serial__in=among)
    listed = RevokedEntry.objects.filter(serial__in=among)
    ended = [known.serial for known in facts.values() if known and known.not_after < at]
    # The strongest reason last: it is the one that is told.
    return (
        dict.fromkeys(map(_hex, own.values_list("certificate__serial__serial", flat=True)), LeftOut.OWN_CASE)
        | dict.fromkeys(ended, LeftOut.EXPIRED)
        | dict.fromkeys(map(_hex, listed.values_list("serial", flat=True)), LeftOut.REVOKED)
    )


def _hex(serial: bytes | memoryview) -> str:
    return bytes(serial).hex()


def _organization_of(criterion: Criterion) -> Callable[[str], bool]:
    """Return what says whether a name is the organization's; a number is asked for elsewhere."""
    if not criterion.organization or _is_number(criterion.organization):
        return lambda _: True
    wanted = search_key(reduce_name(criterion.organization))
    return lambda name: bool(name) and search_key(reduce_name(name)) == wanted


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit()
