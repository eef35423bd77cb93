"""Revocation cases and the entries of the lists, the latter in bulk (26, 39.4)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched, chain
from typing import Any

from django.db import connection
from django.db.models import Max, Q

from inro.pki.crl import ListKey, ListKind, list_keys
from inro.pki.list_guard import Stop
from inro.pki.repository import UNDIVIDED
from inro.practice.grounds import Invoker
from inro.practice.publication import PublicationState, publication_state
from inro.practice.revocation import FollowingPaper, RequestWay, RevocationFindings, RevocationPaper
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CaseId, CertificateId, EnclosureId
from inro.store.models import Certificate, ListIntent, RevocationCase, RevocationList
from inro.store.models.revocation import RevocationCases
from inro.store.plain_sql import select
from inro.store.reads.decisions import DecisionRecord, decisions_of_case
from inro.store.states import RevocationState, Scope

_ROWS_AT_ONCE = 8192
_SERIALS_AT_ONCE = 500
# One small number says which list holds an entry: a part of the CRL, or the ARL.
_OF_CA = -1
_PART = f"CASE scope WHEN '{Scope.CA.value}' THEN {_OF_CA} ELSE partition END"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationRecord:
    """One revocation case with what the signer needs of its certificate; `serial` is 20 octets.

    `partition` is the part of the CRL that covers it.

    `application_id` is None for a CA's certificate; `paper` and `way` are None where the CA acts on its own,
    `paper` also once disposed of; `findings` is what examination found, None before it. `refused_for` is the
    reason's name, `refusal` what the person was told.
    """

    case_id: CaseId
    number: str
    certificate_id: CertificateId
    application_id: ApplicationId | None
    serial: bytes
    issued_at: datetime
    not_after: datetime
    scope: Scope
    partition: int
    state: RevocationState
    ground: str
    invoker: Invoker
    way: RequestWay | None
    paper: RevocationPaper | None
    note: str
    enclosure_id: EnclosureId | None
    original_arrived_on: date | None
    documents_arrived_on: date | None
    findings: RevocationFindings | None
    examiner: str | None
    requested_at: datetime
    decided_at: datetime | None
    revoked_at: datetime | None
    published_at: datetime | None
    refused_for: str | None
    refusal: str
    decider: str | None
    decisions: tuple[DecisionRecord, ...]

    def arrived_on(self, paper: FollowingPaper) -> date | None:
        """Return the day on which what follows a fax came, None while it is outstanding (21.2)."""
        return self.original_arrived_on if paper is FollowingPaper.FORM else self.documents_arrived_on

    @property
    def stands(self) -> bool:
        """Whether the certificate is revoked by it, or may be: it was not refused."""
        return self.state is not RevocationState.REFUSED

    @property
    def outstanding(self) -> tuple[FollowingPaper, ...]:
        """What must still follow a fax; a revocation stands meanwhile (21.2, 22.2)."""
        if self.way is not RequestWay.FAX or not self.stands:
            return ()
        return tuple(paper for paper in FollowingPaper if self.arrived_on(paper) is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRecord:
    """One signed list; its bytes lie in the archive under `sha256`.

    `stopped_for` is why it may not be published, None where nothing stands against it.
    """

    kind: ListKind
    partition: int
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
    stopped_at: datetime | None
    stopped_for: Stop | None

    @property
    def key(self) -> ListKey:
        """Which list it is."""
        return ListKey(self.kind, self.partition)

    @property
    def publication(self) -> PublicationState:
        """Which halves of the repository give it back."""
        return publication_state(
            on_web=self.web_read_back_at is not None, in_directory=self.directory_read_back_at is not None
        )


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


def unpublished_revocations() -> Iterator[bytes]:
    """Stream the serial numbers of revoked certificates whose entry is not in both halves yet (39.4)."""
    rows = RevocationCase.objects.filter(state=RevocationState.REVOKED).order_by("id")
    for serial in rows.values_list("certificate__serial__serial", flat=True).iterator(_ROWS_AT_ONCE):
        yield bytes(serial)


def cases_without_original() -> tuple[RevocationRecord, ...]:
    """Return the cases whose form or documents must still follow a fax, oldest first (21.2, 22.2)."""
    return tuple(_record(row) for row in _after_fax().order_by("id"))


def outstanding_after_fax(application: int) -> bool:
    """Return whether form or documents must still follow a fax about an application's certificate (21.2)."""
    return _after_fax().filter(certificate__application_id=application).exists()


def revocation_by_number(number: str) -> RevocationRecord:
    """Return one case by its number.

    Raises: Unknown.
    """
    row = RevocationCase.objects.select_related("certificate__serial").filter(number=number).first()
    if row is None:
        raise Unknown(what="case", detail=number)
    return _record(row)


def revocations_of(application: ApplicationId) -> tuple[RevocationRecord, ...]:
    """Return the cases that an application's certificate ever had, newest first."""
    rows = RevocationCase.objects.select_related("certificate__serial").order_by("-id")
    return tuple(_record(row) for row in rows.filter(certificate__application_id=application))


def cases_of_certificate(certificate: CertificateId) -> tuple[RevocationRecord, ...]:
    """Return the cases a certificate ever had, oldest first."""
    rows = RevocationCase.objects.select_related("certificate__serial").order_by("id")
    return tuple(_record(row) for row in rows.filter(certificate_id=certificate))


def revoked_entries(*, listed_since: datetime | None = None) -> Iterator[Mapping[ListKey, Sequence[bytes]]]:
    """Stream the encoded entries of every list, in the order of revocation, some thousand at a time.

    With `listed_since`, those that had expired before it are left out: each entry was on one list after its
    certificate's end (RFC 5280 3.3).
    """
    values: list[Any] = []
    where = ""
    if listed_since is not None:
        where = "WHERE not_after >= %s"
        values.append(connection.ops.adapt_datetimefield_value(listed_since))
    # The ORM would make an object of each of a million rows.
    for rows in _batches(_in_order(("entry", _PART), where), values):
        yield _by_list(rows)


def _by_list(rows: Sequence[tuple[bytes, int]]) -> Mapping[ListKey, Sequence[bytes]]:
    entries, parts = zip(*rows, strict=True)
    found: dict[ListKey, Sequence[bytes]] = {ListKey(ListKind.FULL_CRL): entries}
    covered = set(parts)
    for part in covered:
        key = ListKey(ListKind.ARL) if part == _OF_CA else ListKey(ListKind.CRL, part)
        found[key] = entries if len(covered) == 1 else [entry for entry, at in rows if at == part]
    return found


def revoked_serials(*, scope: Scope | None) -> Iterator[bytes]:
    """Stream the serial numbers of a scope, or of all, in the order of revocation."""
    where, values = ("WHERE scope = %s", [scope.value]) if scope else ("", [])
    for rows in _batches(_in_order(("serial",), where), values):
        yield from chain.from_iterable(rows)


def next_list_number(kind: ListKind, partition: int = UNDIVIDED) -> int:
    """Return the next number of a list, above every one that was ever intended (RFC 5280 5.2.3)."""
    intents = ListIntent.objects.filter(kind=kind, partition=partition)
    return int(intents.aggregate(highest=Max("number"))["highest"] or 0) + 1


def list_in_force(kind: ListKind, partition: int = UNDIVIDED) -> ListRecord | None:
    """Return the newest signed list of a kind, or of a partition of the CRL; None before the first."""
    row = RevocationList.objects.filter(kind=kind, partition=partition).order_by("-number").first()
    return None if row is None else _list(row)


def list_before(record: ListRecord) -> ListRecord | None:
    """Return the list that was signed before this one, of the same kind and partition; None for the first."""
    earlier = RevocationList.objects.filter(
        kind=record.kind, partition=record.partition, number__lt=record.number
    )
    row = earlier.order_by("-number").first()
    return None if row is None else _list(row)


def lists_on_record() -> tuple[ListKey, ...]:
    """Return every list the CA ever signed or will sign: undivided CRL, its partitions, ARL, full CRL."""
    return list_keys(RevocationList.objects.aggregate(highest=Max("partition"))["highest"] or UNDIVIDED)


def last_published_update() -> datetime | None:
    """Return the latest thisUpdate of the lists that reached a half of the repository, if any did."""
    published = RevocationList.objects.filter(Q(web_at__isnull=False) | Q(directory_at__isnull=False))
    found: datetime | None = published.aggregate(latest=Max("this_update"))["latest"]
    return found


def newest_lists() -> tuple[ListRecord, ...]:
    """Return the newest signed list of each kind and partition."""
    found = (list_in_force(*key) for key in lists_on_record())
    return tuple(record for record in found if record is not None)


def unpublished_lists() -> tuple[ListRecord, ...]:
    """Return the newest lists that are not read back from both halves of the repository (4(6))."""
    return tuple(
        record for record in newest_lists() if not (record.web_read_back_at and record.directory_read_back_at)
    )


def certificate_ends(serials: Collection[bytes]) -> dict[bytes, datetime]:
    """Return until when the certificates of serials (20 octets) are valid, of those that are on record."""
    found: dict[bytes, datetime] = {}
    for some in batched(serials, _SERIALS_AT_ONCE):
        rows = Certificate.objects.filter(serial__serial__in=some).values_list("serial__serial", "not_after")
        found |= {bytes(serial): not_after for serial, not_after in rows}
    return found


def signed_lists(kind: ListKind, partition: int = UNDIVIDED) -> tuple[ListRecord, ...]:
    """Return all lists of a kind, or of a partition of the CRL, in the order of their numbers."""
    rows = RevocationList.objects.filter(kind=kind, partition=partition)
    return tuple(_list(row) for row in rows.order_by("number"))


def _after_fax() -> RevocationCases:
    return RevocationCase.objects.select_related("certificate__serial").incomplete_after_fax()


def _in_order(columns: Sequence[str], where: str) -> str:
    return f"{select(columns, 'store_revokedentry')} {where} ORDER BY id"


def _batches(statement: str, values: list[Any]) -> Iterator[list[Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _record(row: RevocationCase) -> RevocationRecord:
    certificate = row.certificate
    return RevocationRecord(
        case_id=CaseId(row.pk),
        number=row.number,
        certificate_id=CertificateId(certificate.pk),
        application_id=ApplicationId(certificate.application_id) if certificate.application_id else None,
        serial=bytes(certificate.serial.serial),
        issued_at=certificate.issued_at,
        not_after=certificate.not_after,
        scope=Scope(certificate.role),
        partition=certificate.serial.partition,
        state=RevocationState(row.state),
        ground=row.ground,
        invoker=Invoker(row.invoker),
        way=RequestWay(row.way) if row.way else None,
        paper=RevocationPaper.from_record(row.paper) if row.paper else None,
        note=row.note,
        enclosure_id=EnclosureId(row.enclosure_id) if row.enclosure_id else None,
        original_arrived_on=row.original_arrived_on,
        documents_arrived_on=row.documents_arrived_on,
        findings=RevocationFindings.from_record(row.findings) if row.findings else None,
        examiner=row.examiner,
        requested_at=row.requested_at,
        decided_at=row.decided_at,
        revoked_at=row.revoked_at,
        published_at=row.published_at,
        refused_for=row.refused_for,
        refusal=row.refusal,
        decider=row.decider,
        decisions=decisions_of_case(row.pk),
    )


def _list(row: RevocationList) -> ListRecord:
    return ListRecord(
        kind=ListKind(row.kind),
        partition=row.partition,
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
        stopped_at=row.stopped_at,
        stopped_for=Stop(row.stopped_for) if row.stopped_for else None,
    )
