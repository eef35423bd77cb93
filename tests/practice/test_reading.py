"""Why a case is read, what is done to many at once, and who releases a list (40(1), 40(7))."""

from datetime import timedelta

import pytest

from inro.practice.acts import Act
from inro.practice.case_work import (
    BULK_ACTS,
    BulkAct,
    FilterRefused,
    NothingChosen,
    check_chosen,
    check_filter,
)
from inro.practice.duties import Duty
from inro.practice.export import (
    FETCHED_WITHIN,
    ExportNotReady,
    ReleasedByTheSame,
    check_fetching,
    check_release,
)
from inro.practice.intake import ReadingPurpose
from inro.practice.permission import ACT_DUTIES
from inro.practice.queue import QueueStage
from inro.practice.reading import (
    PURPOSE_CLAUSES,
    PurposeNotYours,
    check_purpose,
    derived_purpose,
    purposes_of,
)
from tests import given

DECISIONS = {
    Act.CONCLUDE_EXAMINATION,
    Act.ACCEPT_APPLICATION,
    Act.REJECT_APPLICATION,
    Act.TERMINATE_APPLICATION,
    Act.ORDER_ISSUANCE,
    Act.EXAMINE_REVOCATION,
    Act.DECIDE_REVOCATION,
    Act.REFUSE_REVOCATION,
    Act.RELEASE_EXPORT,
    Act.DISPOSE_APPLICATION,
}


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("stage", QueueStage)
def test_what_follows_from_duty_and_stage_is_one_of_the_dutys_purposes(duty, stage):
    purpose = derived_purpose(duties={duty}, stage=stage)
    assert purpose is None or purpose in purposes_of({duty})


def test_only_who_may_read_cases_has_a_purpose():
    reading = {duty for duty in Duty if purposes_of({duty})}
    assert reading - {Duty.BILLING} == ACT_DUTIES[Act.VIEW_APPLICATION]
    assert set(PURPOSE_CLAUSES) == set(ReadingPurpose)


@pytest.mark.parametrize(
    ("duties", "stage", "purpose"),
    [
        ({Duty.INTAKE}, QueueStage.RECEIVED, ReadingPurpose.INTAKE),
        ({Duty.INTAKE, Duty.EXAMINATION}, QueueStage.RECEIVED, ReadingPurpose.EXAMINATION),
        ({Duty.ACCEPTANCE}, QueueStage.EXAMINED, ReadingPurpose.EXAMINATION),
        ({Duty.RECEIPT}, QueueStage.RECEIPT, ReadingPurpose.DELIVERY),
        ({Duty.REVOCATION_DECISION}, QueueStage.VALID, ReadingPurpose.REVOCATION),
        ({Duty.NOTICE}, QueueStage.VALID, ReadingPurpose.RENEWAL),
        ({Duty.AUDIT}, QueueStage.DISPOSED, ReadingPurpose.INSPECTION),
        ({Duty.EXAMINATION}, QueueStage.VALID, None),
        ({Duty.SYSTEM_ADMINISTRATION}, QueueStage.RECEIVED, None),
    ],
)
def test_a_purpose_follows_from_duty_and_stage(duties, stage, purpose):
    assert derived_purpose(duties=duties, stage=stage) is purpose


def test_a_purpose_of_other_duties_is_refused():
    check_purpose(duties={Duty.RECEIPT}, purpose=ReadingPurpose.RENEWAL)
    with pytest.raises(PurposeNotYours):
        check_purpose(duties={Duty.RECEIPT}, purpose=ReadingPurpose.EXAMINATION)


def test_no_decision_is_made_for_several_cases_at_once():
    assert set(BULK_ACTS) == set(BulkAct)
    assert not DECISIONS & set(BULK_ACTS.values())


@pytest.mark.parametrize("numbers", [(), tuple(map(str, range(201)))])
def test_none_and_too_many_are_refused(numbers):
    with pytest.raises(NothingChosen):
        check_chosen(numbers)


@pytest.mark.parametrize(("name", "kept"), [("", 0), ("い" * 41, 0), ("いつもの", 20)])
def test_a_filter_without_a_fit_name_or_one_too_many_is_not_kept(name, kept):
    with pytest.raises(FilterRefused):
        check_filter(name=name, kept=kept)


def test_another_person_releases():
    check_release(requested_by="p-exam", releases="p-accept")
    with pytest.raises(ReleasedByTheSame):
        check_release(requested_by="p-exam", releases="p-exam")


@pytest.mark.parametrize(
    ("fetches", "released", "later"),
    [
        ("p-accept", True, timedelta(0)),
        ("p-exam", False, timedelta(0)),
        ("p-exam", True, FETCHED_WITHIN + timedelta(seconds=1)),
    ],
)
def test_the_file_is_for_who_asked_once_released_and_for_a_day(fetches, released, later):
    released_at = given.NOW if released else None
    check_fetching(
        requested_by="p-exam", fetches="p-exam", released_at=given.NOW, now=given.NOW + FETCHED_WITHIN
    )
    with pytest.raises(ExportNotReady):
        check_fetching(requested_by="p-exam", fetches=fetches, released_at=released_at, now=given.NOW + later)
