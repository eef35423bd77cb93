"""The signer at the end of the service: nothing issued from the day on, last lists and no others (11, 26)."""

from datetime import datetime, timedelta

import pytest
from cryptography import x509

from inro.pki.crl import ListKind
from inro.practice.discontinuation import DiscontinuationState
from inro.signer.approvals import DecisionRefused
from inro.signer.journal import Kind
from inro.signer.lists import lists_due
from inro.signer.steps import Step
from inro.store.models import Decision, Discontinuation, RevocationList
from inro.store.reads.discontinuation import standing_discontinuation
from inro.usecases.discontinuation import confirm_all_revoked
from tests import given
from tests.signer.given_signer import World, handed_over, killed_at
from tests.signer.tampering import tamper
from tests.usecases import given_discontinuation as end

UNTIL = datetime.fromisoformat("2037-12-31T14:59:59+00:00")


def all_revoked(world: World) -> str:
    """Return the campaign's number once its last day revoked what the world issued."""
    handed_over(world)
    world.work()
    number = end.told(world.house)
    end.signed_for(world.house, number)
    assert world.work(now=end.ON_THE_DAY).revocations == 1
    confirm_all_revoked(actor=given.EXAMINER, now=end.ON_THE_DAY)
    return number


def newest(world: World) -> dict[ListKind, x509.CertificateRevocationList]:
    """Return the newest list of each kind, read from the archive."""
    found = {}
    for kind in ListKind:
        row = RevocationList.objects.filter(kind=kind).latest("number")
        signed = (world.room.archive / f"{row.sha256}.crl").read_bytes()
        found[kind] = x509.load_der_x509_crl(signed)
        assert row.next_update == found[kind].next_update_utc
    return found


def test_the_last_lists_stand_as_long_as_records_are_kept_and_no_list_follows(world: World) -> None:
    number = all_revoked(world)
    end.last_lists_decided(world.house, number)
    assert world.work(now=end.ON_THE_DAY + timedelta(minutes=5)).lists
    record = standing_discontinuation()
    assert record is not None
    assert (record.state, record.until) == (DiscontinuationState.LISTED, UNTIL)
    for made in newest(world).values():
        assert UNTIL <= made.next_update_utc < UNTIL + timedelta(hours=1)
    assert len(newest(world)[ListKind.FULL_CRL]) == 1
    count = RevocationList.objects.count()
    for days in (1, 400):
        later = end.ON_THE_DAY + timedelta(days=days)
        assert not lists_due(room=world.room, now=later)
        assert not world.work(now=later, lists_anyway=True).lists
    assert RevocationList.objects.count() == count


def test_a_signer_that_dies_among_the_last_lists_signs_all_three(world: World) -> None:
    number = all_revoked(world)
    end.last_lists_decided(world.house, number)
    killed_at(world, Step.RECORD_LIST, now=end.ON_THE_DAY)
    record = standing_discontinuation()
    assert record is not None
    assert record.state is DiscontinuationState.LISTS_DECIDED
    assert world.work(now=end.ON_THE_DAY + timedelta(hours=1)).lists
    assert all(made.next_update_utc >= UNTIL for made in newest(world).values())


def test_a_row_that_says_decided_signs_nothing_without_both_assertions(world: World) -> None:
    all_revoked(world)
    count = RevocationList.objects.count()
    Discontinuation.objects.update(state="lists_decided", until=UNTIL)
    assert not Decision.objects.filter(purpose="last-lists").exists()
    with pytest.raises(DecisionRefused):
        world.work(now=end.ON_THE_DAY)
    assert RevocationList.objects.count() == count
    assert world.room.journal.last(Kind.LAST_LISTS) is None


def test_from_the_last_day_on_nothing_is_issued_even_if_the_row_is_taken_away(world: World) -> None:
    handed_over(world)
    world.work()
    end.told(world.house)
    orders = [handed_over(world, now=end.before_the_day(1)) for _ in range(2)]
    day = end.before_the_day(0)
    done = world.work(now=day)
    assert done.certificates == 0
    assert [said.partition(":")[0] for said in done.refused] == ["ServiceEnded"] * len(orders)
    known = world.room.journal.last(Kind.SERVICE_ENDED)
    assert known is not None
    assert known.details == {"last_day": "2027-04-01"}


def test_the_journal_keeps_the_end_whatever_the_database_says(world: World) -> None:
    handed_over(world)
    world.work()
    end.told(world.house)
    handed_over(world, now=end.before_the_day(1))
    assert world.work(now=end.before_the_day(0)).refused
    tamper("UPDATE store_discontinuation SET state = 'withdrawn', standing = NULL")
    handed_over(world, now=end.ON_THE_DAY)
    assert world.work(now=end.ON_THE_DAY).certificates == 0
