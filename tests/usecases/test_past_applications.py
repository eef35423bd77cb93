"""Past applications come in whole or not at all, and go when their ten years are over (8.11, 40(4))."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from inro.japanese.past_application_columns import LineFault, LineFinding, read_header
from inro.japanese.past_application_line import LineReading, read_past_application
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.retention import RetentionRunning
from inro.store.errors import Conflict
from inro.store.models import AuditRow, PastApplication, PastImport
from inro.usecases.actor import Actor, DutyMissing
from inro.usecases.past_applications import ImportSummary, LinesRefused, import_past_applications
from inro.usecases.retention import dispose_past_application
from tests import given, past
from tests.hostile import hostile_names
from tests.hostile_channels import through_import

CLERK = Actor(name="operator-0", duties=frozenset({Duty.RECORDS}))
HEADER = read_header(list(past.COMPANY))
SHA256 = "ab" * 32
ENDS = datetime(2027, 1, 31, 14, 59, 59, tzinfo=UTC)


def lines(*rows: dict[str, str], first: int = 2) -> Iterator[tuple[int, LineReading]]:
    for line, row in enumerate(rows, start=first):
        fields = list(row.values())
        yield line, read_past_application(fields, header=HEADER, line=line, today=date(2026, 12, 1))


def take(*rows: dict[str, str], complained: list[LineFinding] | None = None, **changed) -> ImportSummary:
    before: list[int] = changed.pop("before", [])
    return import_past_applications(
        lines=lines(*rows),
        file_sha256=SHA256,
        terms=given.TERMS,
        complain=(complained if complained is not None else []).append,
        told_before=before.append,
        **{"actor": CLERK, "now": given.NOW} | changed,
    )


def test_a_file_is_taken_in_with_one_audit_row(db):
    assert take(past.row(), past.SOLE) == ImportSummary(lines=2, added=2, already=0)
    assert [(row.number, row.line) for row in PastApplication.objects.order_by("pk")] == [
        ("DC-0001234", 2),
        ("DC-0001235", 3),
    ]
    [event] = AuditRow.objects.all()
    assert (event.kind, event.actor) == (EventKind.PAST_APPLICATIONS_IMPORTED, CLERK.name)
    assert SHA256 in event.details
    assert "DC-" not in event.details
    of = PastImport.objects.get()
    assert (of.lines, of.added, event.subject) == (2, 2, f"past-import/{of.pk}")


def test_what_was_imported_before_is_told_and_stays(db):
    take(past.row())
    before: list[int] = []
    assert take(past.row(), past.SOLE, before=before) == ImportSummary(lines=2, added=1, already=1)
    assert before == [2]
    assert take(past.row(), past.SOLE) == ImportSummary(lines=2, added=0, already=2)
    assert (AuditRow.objects.count(), PastImport.objects.count()) == (2, 2)
    complained: list[LineFinding] = []
    with pytest.raises(LinesRefused):
        take(past.row(street="東町９番"), complained=complained)
    assert [finding.fault for finding in complained] == [LineFault.OTHER_CONTENT]
    assert take(past.row(service="本サービス")).added == 1


def test_one_bad_line_keeps_the_whole_file_out_and_all_are_told(db):
    complained: list[LineFinding] = []
    rows = [past.row(number=f"N{place}") for place in range(1_200)]
    rows[3]["kana"] = "花子"
    rows[901]["number"] = "N0"
    rows[1_100] |= {"email": "x", "birth_date": ""}
    with pytest.raises(LinesRefused) as refused:
        take(*rows, past.row(applied_on="2010-01-01", ends_on="平成26年11月30日"), complained=complained)
    assert refused.value.bad == 4
    assert sorted((one.line, one.column, one.fault.value) for one in complained) == [
        (5, "kana", "kana"),
        (903, "number", "twice"),
        (1_102, "birth_date", "missing"),
        (1_102, "email", "email"),
        (1_202, "ends_on", "retention_over"),
    ]
    assert not PastApplication.objects.exists()
    assert not PastImport.objects.exists()
    assert not AuditRow.objects.exists()


def test_hostile_names_are_refused_by_line_and_the_others_come_in(db, tmp_path):
    passed = through_import(hostile_names(300), tmp_path)
    assert passed.count == 300
    assert passed.taken > 10


def test_only_who_keeps_the_records_imports(db):
    with pytest.raises(DutyMissing):
        take(past.row(), actor=Actor(name="machines", duties=frozenset({Duty.SYSTEM_ADMINISTRATION})))
    assert not PastApplication.objects.exists()


def test_a_past_application_stays_as_it_came(db):
    take(past.row())
    for columns in ({"number": "X"}, {"ends_on": date(2030, 1, 1)}, {"content_sha256": "0" * 64}):
        with pytest.raises(IntegrityError, match="stays as written"), transaction.atomic():
            PastApplication.objects.update(**columns)
    with pytest.raises(IntegrityError, match="stays as written"), transaction.atomic():
        PastApplication.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        PastApplication.objects.update(stated=None)


def test_disposal_begins_ten_years_after_the_certificate_ended(db):
    take(past.row())
    row = PastApplication.objects.get()
    records = given.person("p-accept")
    day = ENDS.replace(year=2037) + timedelta(seconds=1)
    with pytest.raises(RetentionRunning):
        dispose_past_application(
            past=row.pk, terms=given.TERMS, actor=records, now=day - timedelta(seconds=1)
        )
    with pytest.raises(RetentionRunning):
        dispose_past_application(past=row.pk, terms=given.TERMS, actor=records, now=day, held=True)
    dispose_past_application(past=row.pk, terms=given.TERMS, actor=records, now=day)
    row.refresh_from_db()
    assert (row.stated, row.disposed_at, row.number) == (None, day, "DC-0001234")
    [event] = AuditRow.objects.filter(kind=EventKind.RECORDS_DISPOSED)
    assert event.subject == "past-application/predecessor/DC-0001234"
    assert "2037-02-01" in event.details
    with pytest.raises(Conflict):
        dispose_past_application(past=row.pk, terms=given.TERMS, actor=records, now=day)
