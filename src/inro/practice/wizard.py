"""The wizard's way through the form: steps, branches, what stands before what (8, 12.3, 40(6), 42).

The notice of 40(6) stands before the first step, on the page that begins a draft.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from inro.practice.errors import Refused
from inro.practice.stated import ApplicantKind, NameChoice
from inro.practice.validity import ValidityPeriod


class Step(StrEnum):
    """One page of the wizard; the value stands in its address."""

    KIND = "kind"
    EXPLANATION = "explanation"
    TERMS = "terms"
    SUBSCRIBER = "subscriber"
    ORGANIZATION = "organization"
    AUTHORITY = "authority"
    DELIVERY = "delivery"
    CONTACT = "contact"
    CHECK = "check"
    PRINT = "print"


class StepTooEarly(Refused):
    """A step was asked for before those it follows are done; `first` is the one to go to."""

    def __init__(self, *, step: Step, first: Step) -> None:
        super().__init__(step=step.value, first=first.value)
        self.step = step
        self.first = first


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The answers of the first step, which decide what steps and fields there are (5.4, 6.1, 8.2, 8.3)."""

    kind: ApplicantKind
    period: ValidityPeriod
    name_choice: NameChoice = NameChoice.LEGAL_NAME
    foreign_resident: bool = False
    authority: bool = False
    proxy: bool = False

    @property
    def has_authority(self) -> bool:
        """Whether an authority is asked for; a sole proprietor never has one (5.4)."""
        return self.authority and self.kind is ApplicantKind.COMPANY_EMPLOYEE


def steps_of(choices: Choices | None) -> tuple[Step, ...]:
    """Return the steps of an application in order; before the first is answered, all that may come."""
    return tuple(_steps(choices))


def _steps(choices: Choices | None) -> Iterator[Step]:
    yield from (Step.KIND, Step.EXPLANATION, Step.TERMS, Step.SUBSCRIBER)
    if choices is None or choices.kind is ApplicantKind.COMPANY_EMPLOYEE:
        yield Step.ORGANIZATION
    if choices is None or choices.has_authority:
        yield Step.AUTHORITY
    yield from (Step.DELIVERY, Step.CONTACT, Step.CHECK, Step.PRINT)


def first_open_step(*, choices: Choices | None, done: frozenset[Step]) -> Step:
    """Return the first step that is not done, the last one where all are."""
    steps = steps_of(choices)
    return next((step for step in steps if step not in done), steps[-1])


def check_step(*, step: Step, choices: Choices | None, done: frozenset[Step]) -> None:
    """Refuse a step before those it follows are done, or one that this application does not have.

    Raises: StepTooEarly.
    """
    steps = steps_of(choices)
    first = first_open_step(choices=choices, done=done)
    if step not in steps or steps.index(step) > steps.index(first):
        raise StepTooEarly(step=step, first=first)
