"""What is owed by which day, by whom, and what follows (6, 9.2, 12.4, 18, 21.2, 22.1(1), 24.2, 26.2, 35)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inro.practice.application import ApplicationState
from inro.practice.calendar import Calendar, start_of_day
from inro.practice.case_facts import Bill, CaseFacts, OpenRevocation, Receipt
from inro.practice.certificate import CertificateState
from inro.practice.deadlines import DeadlineKind, Edge
from inro.practice.duties import Duty
from inro.practice.ledger import Entered, ledger_change, says
from inro.practice.obligations import RULES, Weight, case_obligations, reached_from
from inro.practice.platform_obligations import PlatformFacts, platform_obligations
from inro.practice.receipt import Objection
from inro.practice.validity import ValidityPeriod
from tests import given

ON = date(2026, 12, 1)
AT = datetime(2026, 12, 1, 3, tzinfo=UTC)
PLAIN = CaseFacts(state=ApplicationState.RECEIVED, period=ValidityPeriod.ONE_YEAR, ended_on=ON)
ISSUED = replace(
    PLAIN,
    state=ApplicationState.ISSUED,
    certificate=CertificateState.VALID,
    not_after=datetime(2027, 12, 31, 14, 59, 59, tzinfo=UTC),
)
POSTED = replace(ISSUED, receipt=Receipt(dispatched_on=ON), parcel_out_on=ON)
REMINDED = replace(POSTED, receipt=Receipt(dispatched_on=ON, reminder_arrived_on=date(2026, 12, 22)))
EXPIRY = {("expiry_notice", 1), ("expiry_notice", 2), ("expiry", 1)}


def owed(facts, calendar=given.CALENDAR):
    return case_obligations(facts, terms=given.TERMS, calendar=calendar)


def days(facts, calendar=given.CALENDAR):
    return {(one.kind.value, one.turn): one.deadline.day for one in owed(facts, calendar)}


def test_a_case_that_waits_for_nobody_owes_nothing():
    for state in (ApplicationState.DRAFTED, ApplicationState.RECEIVED, ApplicationState.EXAMINED):
        assert owed(replace(PLAIN, state=state)) == ()


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (
            replace(PLAIN, state=ApplicationState.DEFICIENT, deficiency_notice_on=ON),
            {("deficiency", 1): date(2026, 12, 21)},
        ),
        (
            replace(PLAIN, state=ApplicationState.ACCEPTED, examination_ended_at=AT),
            {("issuing", 1): date(2030, 11, 30)},
        ),
        (replace(PLAIN, state=ApplicationState.REJECTED), {("retention", 1): date(2041, 11, 1)}),
        (replace(ISSUED, certificate=CertificateState.EXPIRED), {("retention", 1): date(2038, 1, 1)}),
        (replace(ISSUED, certificate=CertificateState.REVOKED), {("retention", 1): date(2038, 1, 1)}),
        (replace(PLAIN, state=ApplicationState.DISPOSED), {}),
    ],
)
def test_before_issuing_and_after_the_end(facts, wanted):
    assert days(facts) == wanted


def test_what_a_dispatch_owes_until_the_slip():
    found = days(POSTED)
    assert found.keys() - EXPIRY == {
        ("objection", 1),
        ("slip", 1),
        ("reminder", 1),
        ("late_slip_power", 1),
        ("parcel_return", 1),
    }
    assert found["slip", 1] == found["objection", 1] == date(2026, 12, 21)
    assert found["reminder", 1] == date(2026, 12, 22)
    assert found["late_slip_power", 1] == date(2027, 1, 1)
    assert found["parcel_return", 1] == date(2026, 12, 12)
    assert days(replace(POSTED, confirmed=True)).keys() == EXPIRY


def test_after_the_reminder_18_7_is_a_duty_and_22_1_a_power():
    found = days(REMINDED)
    assert found["slip_after_reminder", 1] == date(2027, 1, 1)
    assert found["revocation_without_slip", 1] == date(2027, 1, 2)
    assert not {("slip", 1), ("reminder", 1)} & found.keys()
    assert RULES[DeadlineKind.REVOCATION_WITHOUT_SLIP].weight is Weight.DUTY
    assert RULES[DeadlineKind.LATE_SLIP_POWER].weight is Weight.POWER
    # An open revocation ends nothing before the certificate is revoked.
    assert days(replace(REMINDED, revocation=OpenRevocation.EXAMINATION)) == found


def test_doubts_hold_18_7_and_leave_the_power():
    doubts = Objection(contacted_on=date(2026, 12, 10))
    held = days(replace(POSTED, receipt=Receipt(dispatched_on=ON, objection=doubts)))
    assert held.keys() - EXPIRY == {("late_slip_power", 1), ("parcel_return", 1)}
    settled = replace(doubts, decided_on=date(2026, 12, 28))
    after = days(replace(POSTED, receipt=Receipt(dispatched_on=ON, settled=settled)))
    assert after["reminder", 1] == date(2026, 12, 29)
    assert ("slip", 1) not in after


def test_notices_that_were_sent_are_owed_no_more():
    assert days(ISSUED) == {
        ("expiry_notice", 1): date(2027, 10, 31),
        ("expiry_notice", 2): date(2027, 11, 30),
        ("expiry", 1): date(2027, 12, 31),
    }
    assert days(replace(ISSUED, expiry_notices=1)).keys() == EXPIRY - {("expiry_notice", 1)}
    assert days(replace(ISSUED, expiry_notices=2)).keys() == {("expiry", 1)}


def test_the_end_of_a_stay_is_reminded_of_and_followed_up():
    found = days(replace(ISSUED, stay_ends_on=date(2027, 6, 30), stay_reminders=1))
    assert {key: day for key, day in found.items() if key not in EXPIRY} == {
        ("stay_reminder", 2): date(2027, 5, 31),
        ("stay_reminder", 3): date(2027, 6, 30),
        ("stay_end", 1): date(2027, 7, 1),
    }


def test_an_unpaid_invoice_opens_a_power_the_day_after_and_a_fax_its_original():
    bill = Bill(issued_on=ON, due_on=date(2026, 12, 31))
    found = days(replace(ISSUED, unpaid=bill, faxed_on=ON))
    assert found["payment", 1] == date(2026, 12, 31)
    assert found["unpaid_power", 1] == date(2027, 1, 1)
    assert found["original", 1] == date(2026, 12, 15)
    revoked = days(replace(ISSUED, certificate=CertificateState.REVOKED, unpaid=bill))
    assert ("unpaid_power", 1) not in revoked
    # The day that the invoice names holds.
    other = replace(bill, due_on=date(2027, 1, 8))
    assert days(replace(ISSUED, unpaid=other))["unpaid_power", 1] == date(2027, 1, 9)


def test_where_the_calendar_moves_a_day_what_follows_moves_with_it():
    moving = Calendar(moves_last_day=True)
    found = days(
        replace(
            PLAIN,
            state=ApplicationState.ISSUED,
            certificate=CertificateState.VALID,
            receipt=Receipt(dispatched_on=date(2026, 12, 6)),
        ),
        moving,
    )
    # The twentieth day is a Saturday.
    assert found["slip", 1] == date(2026, 12, 28)
    assert found["reminder", 1] == date(2026, 12, 29)


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_reached_from_is_the_first_instant_that_is_reached(seconds):
    facts = replace(REMINDED, unpaid=Bill(issued_on=ON, due_on=date(2026, 12, 31)))
    for one in owed(facts):
        at = reached_from(one.deadline)
        assert one.deadline.is_reached(at + timedelta(seconds=seconds)) is (seconds >= 0), one.kind


def test_every_kind_that_the_ledger_enters_has_a_rule():
    without = set(DeadlineKind) - RULES.keys()
    # Campaigns have their own register.
    assert without == {
        DeadlineKind.DISCONTINUATION_NOTICE,
        DeadlineKind.MAINTENANCE_NOTICE,
    }
    assert RULES[DeadlineKind.PAYMENT].duty is Duty.BILLING


def test_what_the_platform_owes():
    coming = replace(given.TERMS, edition="2027-04-01", effective_from=date(2027, 4, 1))
    minor = replace(coming, edition="2027-05-01", important_change=False)
    facts = PlatformFacts(
        lists={"crl": AT},
        certificates={"TLS": start_of_day(date(2027, 3, 2))},
        tokens={"HSM": date(2028, 12, 31)},
        accredited_until=date(2027, 3, 31),
        backup_at=AT,
        backup_hours=30,
        night_at=AT,
    )
    found = platform_obligations(
        facts, terms=given.TERMS, coming={coming.edition: coming, minor.edition: minor}
    )
    assert {subject: one.deadline.day for subject, one in found.items()} == {
        "list/crl": date(2026, 12, 2),
        "edition/2027-04-01": date(2027, 2, 28),
        "platform/certificate/TLS": date(2026, 12, 31),
        "platform/token/HSM": date(2028, 10, 1),
        "platform/accreditation": date(2027, 2, 28),
        "platform/backup": date(2026, 12, 2),
        "platform/night": date(2026, 12, 2),
    }
    assert found["list/crl"].deadline.at == AT + timedelta(hours=24)
    assert found["platform/backup"].deadline.edge is Edge.INSTANT
    assert platform_obligations(PlatformFacts(), terms=given.TERMS, coming={}) == {}


def test_a_row_keeps_one_day():
    before, after = owed(POSTED), owed(replace(POSTED, expiry_notices=1))
    rows = [
        Entered(row=place, kind=one.kind.value, turn=one.turn, says=says(one))
        for place, one in enumerate(before)
    ]
    assert ledger_change(entered=rows, owed=before) == ledger_change(entered=(), owed=())
    change = ledger_change(entered=rows, owed=after)
    assert [(row.kind, row.turn) for row in change.close] == [("expiry_notice", 1)]
    assert change.enter == ()
    moved = owed(replace(POSTED, not_after=datetime(2028, 1, 31, 14, 59, 59, tzinfo=UTC)))
    again = ledger_change(entered=rows, owed=moved)
    assert (
        {row.kind for row in again.close}
        == {one.kind.value for one in again.enter}
        == {"expiry_notice", "expiry"}
    )


def test_a_damaged_or_doubled_row_is_closed():
    (one,) = owed(replace(PLAIN, state=ApplicationState.REJECTED))
    row = Entered(row=1, kind=one.kind.value, turn=1, says=says(one))
    damaged = replace(row, says=says(one) | {"deadline": {}})
    assert ledger_change(entered=[damaged], owed=[one]).close == (damaged,)
    assert ledger_change(entered=[row, replace(row, row=2)], owed=[one]).enter == ()
