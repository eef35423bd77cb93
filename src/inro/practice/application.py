"""The life of an application, from the wizard to disposal (7, 8.4, 9.1, 9.2, 16, 40(4), 46)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.practice.transitions import follow


class ApplicationState(StrEnum):
    """Where an application stands."""

    DRAFTED = "drafted"
    PRINTED = "printed"
    RECEIVED = "received"
    EXAMINING = "examining"
    DEFICIENT = "deficient"
    EXAMINED = "examined"
    ACCEPTED = "accepted"
    ISSUED = "issued"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    DISPOSED = "disposed"


class ApplicationAct(StrEnum):
    """What can be done with an application."""

    PRINT_FORM = "print_form"
    RECEIVE = "receive"
    EXAMINE = "examine"
    CONFIRM_NUMBER = "confirm_number"
    RECORD_VERDICT = "record_verdict"
    CHECK_ANTISOCIAL = "check_antisocial"
    FIND_DEFICIENT = "find_deficient"
    RESUBMIT = "resubmit"
    CONCLUDE_EXAMINATION = "conclude_examination"
    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    ISSUE = "issue"
    TERMINATE = "terminate"
    DISPOSE = "dispose"


class TerminationReason(StrEnum):
    """Why the CA ends an accepted application before a certificate exists; 16 binds the subscriber alone."""

    ANTI_SOCIAL_FORCES = "anti_social_forces"
    DEATH = "death"
    FIVE_YEARS_OVER = "five_years_over"
    SERVICE_ENDED = "service_ended"

    @property
    def clause(self) -> str:
        """The clause that lets the CA end it."""
        return _TERMINATION_CLAUSES[self.value]


_TERMINATION_CLAUSES = {
    "anti_social_forces": "46",
    "death": "22.1(13)",
    "five_years_over": "6.1",
    "service_ended": "11",
}

_S = ApplicationState
_A = ApplicationAct

TRANSITIONS: Mapping[tuple[ApplicationState, ApplicationAct], ApplicationState] = MappingProxyType(
    {
        (_S.DRAFTED, _A.PRINT_FORM): _S.PRINTED,
        (_S.PRINTED, _A.PRINT_FORM): _S.PRINTED,
        # A form filled in by hand was never printed by the wizard (8.1).
        (_S.DRAFTED, _A.RECEIVE): _S.RECEIVED,
        (_S.PRINTED, _A.RECEIVE): _S.RECEIVED,
        (_S.RECEIVED, _A.EXAMINE): _S.EXAMINING,
        # Until the decision the register may be asked again, and what it last said holds (8.2).
        (_S.RECEIVED, _A.CONFIRM_NUMBER): _S.RECEIVED,
        (_S.EXAMINING, _A.CONFIRM_NUMBER): _S.EXAMINING,
        (_S.DEFICIENT, _A.CONFIRM_NUMBER): _S.DEFICIENT,
        (_S.EXAMINED, _A.CONFIRM_NUMBER): _S.EXAMINED,
        (_S.EXAMINING, _A.RECORD_VERDICT): _S.EXAMINING,
        # Each of the two officers looks, at any time before the decision (46).
        (_S.RECEIVED, _A.CHECK_ANTISOCIAL): _S.RECEIVED,
        (_S.EXAMINING, _A.CHECK_ANTISOCIAL): _S.EXAMINING,
        (_S.DEFICIENT, _A.CHECK_ANTISOCIAL): _S.DEFICIENT,
        (_S.EXAMINED, _A.CHECK_ANTISOCIAL): _S.EXAMINED,
        (_S.EXAMINING, _A.FIND_DEFICIENT): _S.DEFICIENT,
        (_S.EXAMINED, _A.FIND_DEFICIENT): _S.DEFICIENT,
        (_S.DEFICIENT, _A.RESUBMIT): _S.EXAMINING,
        (_S.EXAMINING, _A.CONCLUDE_EXAMINATION): _S.EXAMINED,
        # The deciding officer sends a case back rather than mend it alone.
        (_S.EXAMINED, _A.EXAMINE): _S.EXAMINING,
        (_S.EXAMINED, _A.ACCEPT): _S.ACCEPTED,
        (_S.EXAMINED, _A.REJECT): _S.REJECTED,
        (_S.DEFICIENT, _A.REJECT): _S.REJECTED,
        (_S.DRAFTED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.PRINTED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.RECEIVED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.EXAMINING, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.DEFICIENT, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.EXAMINED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.ACCEPTED, _A.ISSUE): _S.ISSUED,
        # Ended by the CA before a certificate exists (46, death, five years no longer kept).
        (_S.ACCEPTED, _A.TERMINATE): _S.TERMINATED,
        (_S.DRAFTED, _A.DISPOSE): _S.DISPOSED,
        (_S.PRINTED, _A.DISPOSE): _S.DISPOSED,
        (_S.ISSUED, _A.DISPOSE): _S.DISPOSED,
        (_S.REJECTED, _A.DISPOSE): _S.DISPOSED,
        (_S.WITHDRAWN, _A.DISPOSE): _S.DISPOSED,
        (_S.TERMINATED, _A.DISPOSE): _S.DISPOSED,
    }
)


def next_state(state: ApplicationState, act: ApplicationAct) -> ApplicationState:
    """Return the state an application is in after an act (9.1, 9.2, 16).

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)
