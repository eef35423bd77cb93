"""Revocation cases and the entries of the lists, the latter in bulk (26, 39.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Max

from inro.pki.crl import ListKind
from inro.practice.grounds import Invoker
from inro.practice.revocation import RequestWay, RevocationFindings, RevocationPaper
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CaseId, CertificateId
from inro.store.models import ListIntent, RevocationCase, RevocationList
from inro.store.plain_sql import select
from inro.store.reads.decisions import DecisionRecord, decisions_of_case
from inro.store.states import RevocationState, Scope

_ROWS_AT_ONCE = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationRecord:
    """One revocation case with what the signer needs of its certificate; `serial` is 20 octets.

    `application_id` is None for a CA's certificate; `paper` and `way` are None where the CA acts on its own,
    `paper` also once disposed of; `findings` is what examination found, None before it.
    """

    case_id: CaseId
    number: str
    certificate_id: CertificateId
    application_id: ApplicationId | None
    serial: bytes
    not_after: datetime
    scope: Scope
    state: RevocationState
    ground: str
    invoker: Invoker
    way: RequestWay | None
    paper: RevocationPaper | None
    original_arrived_on: date | None
    findings: RevocationFindings | None
    examiner: str | None
    requested_at: datetime
    decided_at: datetime | None
    revoked_at: datetime | None
    published_at: datetime | None
    decisions: tuple[DecisionRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRecord:
    """One signed list; its bytes lie in the archive under `sha256`."""

    kind: ListKind
    number: int
    this_update: datetime
    next_update: datetime
    sha256: str
    size: int
    entries: int
    web_at: datetime | None
    directory_at: datetime | None
    web_read_back_at: datetime | None
    directory_read_back_at: datetime | None


def revocation_case(case: CaseId) -> RevocationRecord:
    """Return one case.

    Raises: Unknown.
    """
    row = RevocationCase.objects.select_related("certificate__serial").filter(pk=case).first()
    if row is None:
        raise Unknown(what="case", detail=str(case))
    return _record(row)


def decided_revocations() -> tuple[RevocationRecord, ...]:
    """Return the cases two officers have decided and the signer has not yet acted on, oldest first.

    Those of a mass revocation are not among them: their officers signed for all of them at once.
    """
    rows = RevocationCase.objects.select_related("certificate__serial").order_by("id")
    return tuple(_record(row) for row in rows.filter(state=RevocationState.DECIDED, mass=None))


def has_unpublished_revocations() -> bool:
    """Return whether a case waits for its entry to be given back by both halves (39.4)."""
    return RevocationCase.objects.filter(state=RevocationState.REVOKED).exists()


def cases_without_original() -> tuple[RevocationRecord, ...]:
    """Return the cases whose form must still follow a fax, oldest first; a revocation stands (21.2, 22.2)."""
    rows = RevocationCase.objects.select_related("certificate__serial").order_by("id")
    return tuple(_record(row) for row in rows.filter(way=RequestWay.FAX, original_arrived_on=None))


def cases_of_certificate(certificate: CertificateId) -> tuple[RevocationRecord, ...]:
    """Return the cases a certificate ever had, oldest first."""
    rows = RevocationCase.objects.select_related("certificate__serial").order_by("id")
    return tuple(_record(row) for row in rows.filter(certificate_id=certificate))


def revoked_entries(*, scope: Scope | None, listed_since: datetime | None = None) -> Iterator[bytes]:
    """Stream the encoded entries of a scope, or of all, in the order of revocation.

    With `listed_since`, those that had expired before it are left out: each entry was on one list after its
    certificate's end (RFC 5280 3.3).
    """
    conditions: list[str] = []
    values: list[str | None] = []
    if scope is not None:
        conditions.append("scope = %s")
        values.append(scope.value)
    if listed_since is not None:
        conditions.append("not_after >= %s")
        values.append(connection.ops.adapt_datetimefield_value(listed_since))
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    # The ORM would make an object of each of a million rows.
    yield from _stream(_in_order("entry", where), values)


def revoked_serials(*, scope: Scope | None) -> Iterator[bytes]:
    """Stream the serial numbers of a scope, or of all, in the order of revocation."""
    where, values = ("WHERE scope = %s", [scope.value]) if scope else ("", [])
    yield from _stream(_in_order("serial", where), values)


def next_list_number(kind: ListKind) -> int:
    """Return the next number of a list, above every one that was ever intended (RFC 5280 5.2.3)."""
    highest = ListIntent.objects.filter(kind=kind).aggregate(highest=Max("number"))["highest"]
    return int(highest or 0) + 1


def list_in_force(kind: ListKind) -> ListRecord | None:
    """Return the newest signed list of a kind, or None before the first."""
    row = RevocationList.objects.filter(kind=kind).order_by("-number").first()
    return None if row is None else _list(row)


def unpublished_lists() -> tuple[ListRecord, ...]:
    """Return the newest list of each kind that is not read back from both halves of the repository (4(6))."""
    newest = [list_in_force(kind) for kind in ListKind]
    return tuple(
        record
        for record in newest
        if record and not (record.web_read_back_at and record.directory_read_back_at)
    )


def signed_lists(kind: ListKind) -> tuple[ListRecord, ...]:
    """Return all lists of a kind in the order of their numbers."""
    return tuple(_list(row) for row in RevocationList.objects.filter(kind=kind).order_by("number"))


def _in_order(column: str, where: str) -> str:
    return f"{select((column,), 'store_revokedentry')} {where} ORDER BY id"


def _stream(statement: str, values: list[Any]) -> Iterator[bytes]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from chain.from_iterable(rows)


def _record(row: RevocationCase) -> RevocationRecord:
    certificate = row.certificate
    return RevocationRecord(
        case_id=CaseId(row.pk),
        number=row.number,
        certificate_id=CertificateId(certificate.pk),
        application_id=ApplicationId(certificate.application_id) if certificate.application_id else None,
        serial=bytes(certificate.serial.serial),
        not_after=certificate.not_after,
        scope=Scope(certificate.role),
        state=RevocationState(row.state),
        ground=row.ground,
        invoker=Invoker(row.invoker),
        way=RequestWay(row.way) if row.way else None,
        paper=RevocationPaper.from_record(row.paper) if row.paper else None,
        original_arrived_on=row.original_arrived_on,
        findings=RevocationFindings.from_record(row.findings) if row.findings else None,
        examiner=row.examiner,
        requested_at=row.requested_at,
        decided_at=row.decided_at,
        revoked_at=row.revoked_at,
        published_at=row.published_at,
        decisions=decisions_of_case(row.pk),
    )


def _list(row: RevocationList) -> ListRecord:
    return ListRecord(
        kind=ListKind(row.kind),
        number=row.number,
        this_update=row.this_update,
        next_update=row.next_update,
        sha256=row.sha256,
        size=row.size,
        entries=row.entries,
        web_at=row.web_at,
        directory_at=row.directory_at,
        web_read_back_at=row.web_read_back_at,
        directory_read_back_at=row.directory_read_back_at,
    )
