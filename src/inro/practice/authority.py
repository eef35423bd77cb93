"""What an authority may say: of one system, the representative's own, within the validity (5.4, 8.2)."""

from datetime import date, datetime
from enum import StrEnum

from inro.practice.calendar import jst_date
from inro.practice.stated import StatedForm
from inro.practice.validity import last_valid_day


class AuthorityFault(StrEnum):
    """Why authorities cannot be certified as the form states them."""

    TOO_MANY_SYSTEMS = "too_many_systems"
    NOT_THE_REPRESENTATIVE = "not_the_representative"
    OUTLASTS_CERTIFICATE = "outlasts_certificate"
    OVER_BEFORE_ISSUE = "over_before_issue"


def authority_faults(
    form: StatedForm, *, most_systems: int, received_at: datetime
) -> tuple[AuthorityFault, ...]:
    """Return what is wrong with the authorities of a form, nothing where it states none (5.4).

    Nobody knows yet on which day the certificate is issued, but not before the form came: what ends by the
    end that this day would give ends within the certificate's validity.

    Raises: InstantWithoutZone.
    """
    ends = [one.ends_on for one in form.authorities if one.ends_on is not None]
    latest = last_certain_day(form, received_at=received_at)
    problems = (
        (AuthorityFault.TOO_MANY_SYSTEMS, len({one.system for one in form.authorities}) > most_systems),
        (
            AuthorityFault.NOT_THE_REPRESENTATIVE,
            any(one.principal != representative(form) for one in form.authorities),
        ),
        (AuthorityFault.OUTLASTS_CERTIFICATE, any(day > latest for day in ends)),
        (AuthorityFault.OVER_BEFORE_ISSUE, any(day <= jst_date(received_at) for day in ends)),
    )
    return tuple(fault for fault, found in problems if found)


def last_certain_day(form: StatedForm, *, received_at: datetime) -> date:
    """Return the last day on which a certificate issued on the form's arrival or later is surely valid (6.1).

    Raises: InstantWithoutZone.
    """
    return last_valid_day(issued_on=jst_date(received_at), period=form.period)


def representative(form: StatedForm) -> str:
    """Return who alone can give an authority, title and name as the registry has them (5.4)."""
    stated = form.organization
    return f"{stated.representative_title}　{stated.representative_name}" if stated else ""
