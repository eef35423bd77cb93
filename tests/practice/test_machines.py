"""Every state and every act of the four machines (9, 13, 14, 15, 16, 17.2, 18, 19.3, 24.1, 40(4))."""

from enum import StrEnum
from itertools import product

import pytest

from inro.practice import application, card, certificate
from inro.practice.application import ApplicationAct, ApplicationState
from inro.practice.card import CardAct, CardState, MailerAct, MailerState
from inro.practice.certificate import CertificateAct, CertificateState
from inro.practice.transitions import ActNotAllowed, follow

# Written out a second time and independently of the tables: state, then act > state.
APPLICATION = """
drafted: print_form > printed, receive > received, withdraw > withdrawn, dispose > disposed
printed: print_form > printed, receive > received, withdraw > withdrawn, dispose > disposed
received: examine > examining, confirm_number > received, check_antisocial > received, \
withdraw > withdrawn
examining: find_deficient > deficient, conclude_examination > examined, confirm_number > examining, \
record_verdict > examining, check_antisocial > examining, withdraw > withdrawn
deficient: resubmit > examining, reject > rejected, confirm_number > deficient, \
check_antisocial > deficient, withdraw > withdrawn
examined: examine > examining, find_deficient > deficient, accept > accepted, reject > rejected, \
confirm_number > examined, check_antisocial > examined, withdraw > withdrawn
accepted: issue > issued, terminate > terminated
issued: dispose > disposed
rejected: dispose > disposed
withdrawn: dispose > disposed
terminated: dispose > disposed
disposed:
"""
CARD = """
blank: reserve > reserved, spoil > spoiled
reserved: release > blank, personalise > personalised, spoil > spoiled
personalised: send > sent, record_loss > lost, spoil > spoiled
sent: record_return > returned, confirm_receipt > received, record_loss > lost
returned: send > sent, record_loss > lost, spoil > spoiled
received: record_loss > lost, spoil > spoiled
lost: spoil > spoiled
spoiled: destroy > destroyed
destroyed:
"""
MAILER = """
intended: record_printed > printed, spoil > spoiled
printed: send > sent, spoil > spoiled
sent: record_return > printed
spoiled: destroy > destroyed
destroyed:
"""
CERTIFICATE = """
valid: revoke > revoked, expire > expired
revoked: dispose > disposed
expired: dispose > disposed
disposed:
"""


def read(text: str) -> dict[tuple[str, str], str]:
    expected = {}
    for line in text.strip().splitlines():
        state, _, moves = line.partition(":")
        for move in filter(None, (part.strip() for part in moves.split(","))):
            act, _, after = move.partition(" > ")
            expected[state, act] = after
    return expected


MACHINES = [
    (ApplicationState, ApplicationAct, application.next_state, application.TRANSITIONS, read(APPLICATION)),
    (CardState, CardAct, card.next_state, card.TRANSITIONS, read(CARD)),
    (MailerState, MailerAct, card.next_mailer_state, card.MAILER_TRANSITIONS, read(MAILER)),
    (CertificateState, CertificateAct, certificate.next_state, certificate.TRANSITIONS, read(CERTIFICATE)),
]
PAIRS = [
    pytest.param(
        step, state, act, expected.get((state.value, act.value)), id=f"{states.__name__}-{state}-{act}"
    )
    for states, acts, step, _, expected in MACHINES
    for state, act in product(states, acts)
]


@pytest.mark.parametrize(("step", "state", "act", "after"), PAIRS)
def test_every_state_and_act(step, state, act, after):
    if after is not None:
        assert step(state, act) == after
        return
    with pytest.raises(ActNotAllowed) as refusal:
        step(state, act)
    assert refusal.value.data == {"state": state.value, "act": act.value}
    assert (refusal.value.state, refusal.value.act) == (state, act)


@pytest.mark.parametrize(("states", "acts", "step", "table", "expected"), MACHINES)
def test_the_tables_hold_nothing_else(states, acts, step, table, expected):
    assert {(state.value, act.value): after.value for (state, act), after in table.items()} == expected
    assert {act for _, act in table} == set(acts)


@pytest.mark.parametrize(
    ("table", "start", "end"),
    [
        (application.TRANSITIONS, ApplicationState.DRAFTED, ApplicationState.DISPOSED),
        (card.TRANSITIONS, CardState.BLANK, CardState.DESTROYED),
        (card.MAILER_TRANSITIONS, MailerState.INTENDED, MailerState.DESTROYED),
        (certificate.TRANSITIONS, CertificateState.VALID, CertificateState.DISPOSED),
    ],
)
def test_every_state_is_reached_and_every_life_can_end(table, start, end):
    def closure(begin: StrEnum, steps: list[tuple[StrEnum, StrEnum]]) -> set[StrEnum]:
        seen, new = set(), {begin}
        while new:
            seen |= new
            new = {after for before, after in steps if before in seen} - seen
        return seen

    forward = [(state, after) for (state, _), after in table.items()]
    backward = [(after, state) for state, after in forward]
    assert closure(start, forward) == set(type(start)) == closure(end, backward)


def test_no_act_transfers_succeeds_or_issues_again():
    # 13, 14, 15, 17.2, 19.3
    forbidden = {"transfer", "succeed", "assign", "reissue", "renew", "edit", "reprint", "hold", "unrevoke"}
    every_act = {act.value for _, acts, *_ in MACHINES for act in acts}
    assert not {act for act in every_act if set(act.split("_")) & forbidden}


def test_withdrawal_ends_with_acceptance():
    # 16
    withdrawable = {state for state, act in application.TRANSITIONS if act is ApplicationAct.WITHDRAW}
    after = {"accepted", "issued", "terminated", "disposed", "rejected", "withdrawn"}
    assert {state.value for state in withdrawable} == {state.value for state in ApplicationState} - after


def test_only_one_certificate_for_one_application():
    # 7, 17.2: issued is reached by one act, from one state, and never left but for disposal.
    into = [key for key, after in application.TRANSITIONS.items() if after is ApplicationState.ISSUED]
    assert into == [(ApplicationState.ACCEPTED, ApplicationAct.ISSUE)]


def test_nothing_leaves_revoked_but_disposal():
    leaving = {act for state, act in certificate.TRANSITIONS if state is CertificateState.REVOKED}
    assert leaving == {CertificateAct.DISPOSE}


def test_the_tables_cannot_be_changed():
    with pytest.raises(TypeError):
        certificate.TRANSITIONS[CertificateState.REVOKED, CertificateAct.REVOKE] = CertificateState.VALID
    assert (CertificateState.REVOKED, CertificateAct.REVOKE) not in certificate.TRANSITIONS


def test_a_state_of_another_machine_is_refused():
    with pytest.raises(ActNotAllowed):
        follow(table=card.TRANSITIONS, state=MailerState.SENT, act=MailerAct.DESTROY)
