"""The closed list of audit acts (39.4, 40(4), 40(7))."""

import re

from inro.practice.events import EventKind

STAGES = {
    "draft",
    "intake",
    "application",
    "examination",
    "decision",
    "issuance",
    "card",
    "mailer",
    "parcel",
    "receipt",
    "proxy",
    "letter",
    "campaign",
    "notice",
    "deadline",
    "revocation",
    "certificate",
    "list",
    "repository",
    "service",
    "discontinuation",
    "billing",
    "records",
    "queue",
    "house",
    "probe",
}


def test_every_stage_of_a_case_has_its_acts():
    assert {kind.value.partition(".")[0] for kind in EventKind} == STAGES


def test_a_kind_is_one_name_for_one_act():
    assert len(EventKind.__members__) == len(set(EventKind))
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", kind.value) for kind in EventKind)


def test_the_times_a_revocation_is_judged_by_are_recorded():
    needed = {
        "revocation.request_received",
        "revocation.decided",
        "revocation.certificate_revoked",
        "list.signed",
        "list.published",
    }
    assert needed <= {kind.value for kind in EventKind}


def test_erasures_and_disposal_are_recorded():
    assert {"issuance.key_erased", "issuance.pin_erased", "records.disposed"} <= {
        kind.value for kind in EventKind
    }
