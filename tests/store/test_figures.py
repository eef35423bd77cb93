"""Numbers of all cases against the same counted one by one from the rows (17.1, 18.7, 9.2, 6.1)."""

from collections import Counter
from datetime import date, timedelta

import pytest

from benchmarks.queue_world import make_cases
from benchmarks.world import NOW
from inro.practice.calendar import add_months, jst_date
from inro.practice.figures import BANDS
from inro.store.models import Certificate, Letter, Notice, Parcel, QueueRow, ReceiptSlip
from inro.store.reads.figures import deficiency_points, expiries, issue_days, open_cases, receipt_days
from inro.usecases.queue import mend_queue

TODAY = jst_date(NOW)
FIRST = TODAY - timedelta(days=365)


@pytest.fixture
def cases(db) -> None:
    """Three hundred cases in every state, their forms a varying time before the certificate."""
    make_cases(range(1, 301))
    mend_queue(now=NOW)
    for certificate in Certificate.objects.select_related("application"):
        # Just before and just after midnight in Japan, which is 15:00 in UTC.
        received = certificate.issued_at.replace(hour=14, minute=59) - timedelta(days=certificate.pk % 23)
        late = received.replace(hour=15, minute=1)
        certificate.application.received_at = received if certificate.pk % 2 else late
        certificate.application.save(update_fields=["received_at"])
    for parcel in Parcel.objects.all():
        Parcel.objects.filter(pk=parcel.pk).update(posted_on=TODAY - timedelta(days=parcel.pk % 45 + 1))


def test_days_to_the_certificate_are_days_of_japan(cases):
    rows = Certificate.objects.filter(role="subscriber").select_related("application")
    within = [row for row in rows if FIRST <= jst_date(row.issued_at) < TODAY]
    slow = Counter((jst_date(row.issued_at) - jst_date(row.application.received_at)).days for row in within)
    assert len(slow) > 20
    assert issue_days(first=FIRST, after=TODAY) == slow


def test_days_to_the_slip_count_from_the_first_parcel_and_leave_parked_slips_out(cases):
    again = Parcel.objects.filter(card__isnull=False).first()
    Parcel.objects.filter(pk=again.pk).update(posted_on=TODAY - timedelta(days=40))
    again.pk, again.tracking_number, again.posted_on = None, "17999999999", TODAY - timedelta(days=3)
    again.posted_by = "p-other"
    again.save(force_insert=True)
    parked = ReceiptSlip.objects.exclude(application=again.application_id).first()
    ReceiptSlip.objects.filter(pk=parked.pk).update(parked_for="seal")
    first = {}
    for parcel in Parcel.objects.filter(card__isnull=False).order_by("posted_on"):
        first.setdefault(parcel.application_id, parcel.posted_on)
    slips = dict(
        ReceiptSlip.objects.filter(parked_for__isnull=True).values_list("application_id", "arrived_on")
    )
    counted = receipt_days(first=FIRST, after=TODAY)
    assert counted.came == Counter((slips[case] - day).days for case, day in first.items() if case in slips)
    assert counted.waiting == sum(1 for case in first if case not in slips) > 0


def test_letters_are_counted_by_what_they_told_of(cases):
    papers = [("住民票の写し", "8.4"), ("利用申込書", "8.1"), ("住民票の写し", "8.4")]
    # The first day counts, today does not yet.
    days = (TODAY, TODAY - timedelta(days=1), FIRST)
    for place, notice in enumerate(Notice.objects.filter(kind="deficiency")[:3]):
        _letter(place, notice, papers[: place + 1], day=days[place])
    counted = deficiency_points(first=FIRST, after=TODAY, most=5)
    told = [(one.item, one.clause, one.count) for one in counted]
    assert told == [("住民票の写し", "8.4", 3), ("利用申込書", "8.1", 2)]
    assert deficiency_points(first=FIRST, after=TODAY, most=1) == counted[:1]


def _letter(place: int, notice: Notice, papers: list[tuple[str, str]], *, day: date) -> None:
    points = [{"item": item, "finding": "f", "remedy": "r", "clause": clause} for item, clause in papers]
    Letter.objects.create(
        number=f"L26-{place:06d}",
        application_id=notice.application_id,
        kind="deficiency",
        clause="9.2",
        channel="post",
        state="sent",
        content={"points": points},
        content_sha256="ab" * 32,
        pdf_sha256="cd" * 32,
        dated_on=day,
        written_at=NOW,
        written_by="p-exam",
        sent=notice,
    )


def test_open_cases_stand_in_the_band_of_their_age(cases):
    slow = Counter()
    for row in QueueRow.objects.filter(at_work=True):
        days = (NOW - row.came_at).days
        slow[row.stage, next((place for place, last in enumerate(BANDS) if days <= last), len(BANDS))] += 1
    assert open_cases(now=NOW) == slow


def test_certificates_end_in_the_month_of_japan(cases):
    months = [add_months(TODAY.replace(day=1), place) for place in range(15)]
    valid = Certificate.objects.filter(state="valid")
    slow = Counter(jst_date(row.not_after).replace(day=1) for row in valid)
    assert expiries(months=months) == tuple(slow[month] for month in months[:-1])
    assert sum(expiries(months=months)) > 50
