"""The steps beside the page: done, now, to come, with what was answered (screens; 8.12)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import get_language, gettext

from inro.practice.stated import ApplicantKind
from inro.practice.wizard import Choices, Step
from inro.web.public.wizard.readings import Readings
from inro.words.states import word


class Place(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class RailStep:
    """One step; `opens` says whether it is a link."""

    step: Step
    number: int
    place: Place
    opens: bool
    below: str = ""


def rail(readings: Readings, *, now: Step) -> tuple[RailStep, ...]:
    """Return the steps of an application in order."""
    finished = readings.draft.application is not None
    done = frozenset(readings.steps) if finished else readings.done()
    first = readings.first_open
    return tuple(
        RailStep(
            step=step,
            number=number,
            place=Place.NOW if step is now else Place.DONE if step in done else Place.AHEAD,
            opens=not finished and step is not now and (step in done or step is first),
            below=_below(step, readings.choices),
        )
        for number, step in enumerate(readings.steps, start=1)
    )


def _below(step: Step, choices: Choices | None) -> str:
    if step is Step.PRINT:
        return gettext("PDF and list of papers")
    if step is not Step.KIND or choices is None:
        return ""
    language = get_language() or "ja"
    sole = choices.kind is ApplicantKind.SOLE_PROPRIETOR
    parts = [
        gettext("Sole proprietor") if sole else gettext("Organization"),
        word(choices.period, language),
        gettext("with authority") if choices.has_authority else "",
        gettext("proxy recipient") if choices.proxy else "",
    ]
    return ("・" if language == "ja" else ", ").join(filter(None, parts))
