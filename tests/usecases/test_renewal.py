"""A renewal is an application of its own, and a rejected one opens nothing (6.2, 7, 8.11, 9.2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from inro.practice.application import ApplicationState
from inro.practice.events import EventKind
from inro.practice.renewal import NotRenewable, RenewalObstacle, renewal_form
from inro.practice.transitions import ActNotAllowed
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Unknown
from inro.store.models import Application, AuditRow, IssuanceOrder, PastApplication
from inro.store.reads.renewal import EarlierApplication, earlier_applications, ending_applications
from inro.usecases.actor import DutyMissing, process
from inro.usecases.application import (
    begin_examination,
    find,
    receive_application,
    record_application,
    withdraw_application,
)
from inro.usecases.renewal import OpenedRenewal, RenewalUnderWay, open_renewal
from inro.usecases.retention import dispose_past_application
from tests import given, past
from tests.usecases.test_past_applications import take


def test_a_rejected_application_opens_no_order(db):
    house = given.office()
    application = given.examined(house)
    given.reject(house, application)
    assert find(application).state == ApplicationState.REJECTED
    assert not IssuanceOrder.objects.exists()
    with pytest.raises(ActNotAllowed):
        begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)


def test_a_renewal_is_an_application_of_its_own(db):
    given.issued(given.office())
    earlier = Application.objects.get()
    renewal = record_application(
        form=replace(given.FORM, period=ValidityPeriod.TWO_YEARS),
        edition=given.EDITION,
        edition_sha256=given.EDITION_SHA256,
        actor=process("wizard"),
        now=given.NOW,
        predecessor=earlier.pk,
    )
    row = find(renewal)
    assert row.state == ApplicationState.DRAFTED
    assert row.number != earlier.number
    assert find(earlier.pk).state == ApplicationState.ISSUED
    assert IssuanceOrder.objects.count() == 1


def printed(earlier: EarlierApplication, **changed) -> OpenedRenewal:
    today = given.NOW.date()
    return open_renewal(
        **{
            "earlier": earlier,
            "form": renewal_form(earlier.form, number=earlier.number, on=today),
            "edition": given.EDITION,
            "edition_sha256": given.EDITION_SHA256,
            "actor": given.person("p-desk"),
            "now": given.NOW,
        }
        | changed
    )


def earlier(number: str) -> EarlierApplication:
    [found] = earlier_applications(number)
    return found


@pytest.fixture(params=["of this platform", "from before it"])
def number(request, db) -> Iterator[str]:
    """The number of an application whose certificate is about to end."""
    if request.param == "from before it":
        take(past.row())
        yield "DC-0001234"
    else:
        given.issued(given.office())
        yield Application.objects.get().number


def test_a_printed_renewal_has_a_number_of_its_own_and_knows_the_earlier(number):
    opened = printed(earlier(number))
    row = find(opened.application_id)
    assert (row.state, opened.again) == (ApplicationState.PRINTED, False)
    assert (row.predecessor or row.past).number == number
    assert row.number == opened.number != number
    assert row.stated == earlier(number).form.as_record()
    events = AuditRow.objects.filter(subject=f"application/{row.number}").values_list("kind", flat=True)
    assert set(events) == {EventKind.APPLICATION_DRAFTED, EventKind.FORM_PRINTED}
    receive_application(
        application=opened.application_id, received_at=given.NOW, actor=given.person("p-exam"), now=given.NOW
    )


def test_printing_again_is_the_same_application(number):
    first, later = printed(earlier(number)), given.NOW + timedelta(days=40)
    again = printed(earlier(number), now=later)
    assert (again.number, again.drafted_at, again.again) == (first.number, given.NOW, True)
    other = printed(earlier(number), edition="2027-04-01", now=later)
    assert other.number != first.number


def test_a_renewal_that_came_back_is_not_printed_again(number):
    opened = printed(earlier(number))
    desk = {"actor": given.person("p-exam"), "now": given.NOW}
    receive_application(application=opened.application_id, received_at=given.NOW, **desk)
    with pytest.raises(RenewalUnderWay) as refused:
        printed(earlier(number))
    assert refused.value.renewal == opened.number
    withdraw_application(application=opened.application_id, **desk)
    assert printed(earlier(number)).number != opened.number


def test_only_who_sends_notices_prints(number):
    with pytest.raises(DutyMissing):
        printed(earlier(number), actor=given.person("p-exam"))


def test_all_whose_certificates_end_in_time_are_found(db):
    given.issued(given.office())
    take(past.row(), past.SOLE, past.row(number="N3", ends_on="2029-01-31"))
    [own] = Application.objects.all()
    ends = own.certificate.not_after.date()
    found = list(ending_applications(since=date(2026, 12, 1), by=ends))
    assert [one.number for one in found] == [own.number, "DC-0001234", "DC-0001235"]
    assert found[0].certificate_number
    by_january = ending_applications(since=date(2026, 12, 1), by=date(2027, 1, 31))
    assert [one.number for one in by_january] == ["DC-0001234", "DC-0001235"]
    assert list(ending_applications(since=date(2027, 2, 1), by=date(2027, 2, 1))) == []
    assert found[1].contact is not None


def test_what_has_nothing_to_renew_is_refused(db):
    house = given.office()
    given.revoked(house, given.issued(house))
    drafted = find(given.drafted()).number
    take(past.row())
    dispose_past_application(
        past=PastApplication.objects.get().pk,
        terms=given.TERMS,
        actor=given.person("p-accept"),
        now=given.NOW.replace(year=2040),
    )
    revoked = Application.objects.order_by("pk")[0].number
    for number, obstacle in (
        (revoked, RenewalObstacle.REVOKED),
        (drafted, RenewalObstacle.NO_CERTIFICATE),
        ("DC-0001234", RenewalObstacle.DISPOSED),
    ):
        with pytest.raises(NotRenewable) as refused:
            earlier_applications(number)
        assert refused.value.obstacle is obstacle
    for number in ("A26-999999-X", "\x00", "'", "九" * 99, ""):
        with pytest.raises(Unknown):
            earlier_applications(number)
    assert list(ending_applications(since=date(2026, 1, 1), by=date(2040, 1, 1))) == []


def test_a_form_that_never_came_back_goes_with_what_it_was_filled_from(db):
    take(past.row(), past.SOLE)
    rows = PastApplication.objects.order_by("pk")
    unreturned, returned = (find(printed(earlier(row.number)).application_id) for row in rows)
    receive_application(
        application=returned.pk, received_at=given.NOW, actor=given.person("p-exam"), now=given.NOW
    )
    now = given.NOW.replace(year=2037, month=3)
    for row in rows:
        dispose_past_application(past=row.pk, terms=given.TERMS, actor=given.person("p-accept"), now=now)
    unreturned.refresh_from_db()
    returned.refresh_from_db()
    assert (unreturned.state, unreturned.stated, unreturned.purged_at) == ("disposed", None, now)
    assert (returned.state, bool(returned.stated)) == ("received", True)
    disposed = AuditRow.objects.filter(kind=EventKind.RECORDS_DISPOSED).values_list("subject", flat=True)
    assert f"application/{unreturned.number}" in disposed
    assert len(disposed) == 3


def test_a_number_that_both_services_gave_out_is_told_twice(db):
    take(past.row(), past.row(service="本サービス"))
    assert [one.service for one in earlier_applications("DC-0001234")] == ["present", "predecessor"]


def test_a_renewal_is_of_one_application(number):
    renewal = find(printed(earlier(number)).application_id)
    take(past.row(number="OTHER"))
    other = PastApplication.objects.get(number="OTHER")
    predecessor = renewal.predecessor_id or renewal.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=renewal.pk).update(past=other, predecessor=predecessor)
