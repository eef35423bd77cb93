"""What a renewal's form takes over from the earlier application, and what it must not (6.2, 8.11, 23)."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from inro.practice.application import ApplicationState
from inro.practice.errors import Refused
from inro.practice.stated import StatedForm

# A renewal printed and not yet back is the same renewal when it is printed again.
WAITED_FOR: frozenset[ApplicationState] = frozenset({ApplicationState.DRAFTED, ApplicationState.PRINTED})
# These came to nothing, so another may be begun.
CAME_TO_NOTHING: frozenset[ApplicationState] = frozenset(
    {
        ApplicationState.REJECTED,
        ApplicationState.WITHDRAWN,
        ApplicationState.TERMINATED,
        ApplicationState.DISPOSED,
    }
)


class RenewalObstacle(StrEnum):
    """Why no form can be printed beforehand; the applicant makes one with the wizard."""

    STAY_OVER = "stay_over"
    OUTSIDE_GATE = "outside_gate"
    DISPOSED = "disposed"
    REVOKED = "revoked"
    NO_CERTIFICATE = "no_certificate"


class LeftOut(StrEnum):
    """What the earlier form stated and the new one does not."""

    PROXY = "proxy"


class NotRenewable(Refused):
    """The earlier application cannot become a form for the next one."""

    def __init__(self, *, number: str, obstacle: RenewalObstacle) -> None:
        super().__init__(number=number, obstacle=obstacle.value)
        self.number = number
        self.obstacle = obstacle


def renewal_form(form: StatedForm, *, number: str, on: date) -> StatedForm:
    """Return the form of the renewal of an application, printed on a day (8.11).

    Seals, consents and days of signing are never in a stated form. A proxy recipient is for one delivery, for
    unavoidable reasons that are stated anew (23). A stay that has ended must be stated anew, too (12.4).

    Raises: NotRenewable.
    """
    if form.stay_ends is not None and form.stay_ends < on:
        raise NotRenewable(number=number, obstacle=RenewalObstacle.STAY_OVER)
    kept = tuple(one for one in form.replacements if not one.field.startswith("proxy"))
    return replace(form, proxy=None, replacements=kept)


def left_out(form: StatedForm) -> tuple[LeftOut, ...]:
    """Return what the renewal of a form leaves out, to be told to whoever posts it."""
    return (LeftOut.PROXY,) if form.proxy is not None else ()
