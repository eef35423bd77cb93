"""All answers of a draft read anew: which steps are right, and the form they state (8.1-8.3, 8.12)."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import cast

from inro.practice.content import Authority
from inro.practice.stated import ApplicantKind, StatedForm, StatedOrganization
from inro.practice.wizard import Choices, Step, check_step, first_open_step, steps_of
from inro.store.reads.draft import DraftRecord
from inro.web.public.wizard.authority import AuthorityForm
from inro.web.public.wizard.contact import ContactForm
from inro.web.public.wizard.delivery import DeliveryForm
from inro.web.public.wizard.kind import KindForm
from inro.web.public.wizard.organization import OrganizationForm
from inro.web.public.wizard.step_form import Asking, StepForm
from inro.web.public.wizard.subscriber import HOME, SubscriberForm

FORMS: Mapping[Step, type[StepForm]] = {
    Step.KIND: KindForm,
    Step.SUBSCRIBER: SubscriberForm,
    Step.ORGANIZATION: OrganizationForm,
    Step.AUTHORITY: AuthorityForm,
    Step.DELIVERY: DeliveryForm,
    Step.CONTACT: ContactForm,
}


class Readings:
    """A draft's answers as forms, each read when it is asked for."""

    def __init__(self, draft: DraftRecord, *, asking: Asking) -> None:
        self.draft = draft
        self._asking = asking
        self._forms: dict[Step, StepForm] = {}

    @cached_property
    def choices(self) -> Choices | None:
        """The answers of the first step, None until they are right."""
        form = KindForm(self._typed(Step.KIND), asking=self._asking, told=True)
        return form.choices if form.is_valid() else None

    @property
    def asking(self) -> Asking:
        """What every step's questions depend on."""
        return replace(self._asking, choices=self.choices)

    def form(self, step: Step) -> StepForm:
        """Return a step's form, read with everything that is wrong."""
        if step not in self._forms:
            self._forms[step] = FORMS[step](self._typed(step), asking=self.asking, told=True)
        return self._forms[step]

    def read[F: StepForm](self, kind: type[F]) -> F:
        """Return the form of a kind."""
        step = next(step for step, form in FORMS.items() if form is kind)
        return cast(F, self.form(step))

    def is_right(self, step: Step) -> bool:
        """Return whether a step's answers are as they must be."""
        return step not in FORMS or self.form(step).is_valid()

    def with_answers(self, step: Step, fields: Mapping[str, str]) -> "Readings":
        """Return the readings as they would be with other answers on one step."""
        stored = self.draft.of_step(step)
        answers = {**self.draft.answers, step: replace(stored, fields=fields)}
        return Readings(replace(self.draft, answers=answers), asking=self._asking)

    def done(self, *, added: Step | None = None) -> frozenset[Step]:
        """Return the steps that are done and still right, with one that was just answered."""
        candidates = {*self.draft.done, *([added] if added else [])}
        return frozenset(step for step in candidates if self.is_right(step))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of this application."""
        return steps_of(self.choices)

    @property
    def first_open(self) -> Step:
        """The first step that is not done."""
        return first_open_step(choices=self.choices, done=self.done())

    def check(self, step: Step) -> None:
        """Refuse a step that comes too early.

        Raises: StepTooEarly.
        """
        check_step(step=step, choices=self.choices, done=self.done())

    def after(self, step: Step) -> Step:
        """Return the step that follows."""
        return self.steps[min(self.steps.index(step) + 1, len(self.steps) - 1)]

    def before(self, step: Step) -> Step | None:
        """Return the step before, None for the first."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    def asked(self) -> tuple[Step, ...]:
        """Return the steps of this application that ask something."""
        return tuple(step for step in self.steps if step in FORMS)

    def _typed(self, step: Step) -> Mapping[str, str]:
        return self.draft.of_step(step).fields


def stated_form(readings: Readings) -> StatedForm:
    """Return the form that a draft's answers state, once every step is right."""
    kind = readings.read(KindForm)
    subscriber, contact = readings.read(SubscriberForm), readings.read(ContactForm)
    choices, names = kind.choices, subscriber.names()
    organization = (
        readings.read(OrganizationForm).stated() if choices.kind is ApplicantKind.COMPANY_EMPLOYEE else None
    )
    return StatedForm(
        kind=choices.kind,
        period=choices.period,
        name_choice=choices.name_choice,
        legal_name=names.legal,
        certificate_name=names.certificate,
        kana=names.kana,
        romaji=names.romaji,
        birth_date=subscriber.cleaned_data["birth_date"],
        home=HOME.stated(subscriber),
        roman_home=subscriber.roman_home(),
        stay_ends=subscriber.cleaned_data.get("stay_ends"),
        organization=organization,
        authorities=_authorities(readings, choices, organization),
        proxy=readings.read(DeliveryForm).stated(),
        billing=contact.stated_billing(organization),
        contact=contact.stated_contact(),
        replacements=tuple(
            one for step in readings.asked() for one in readings.form(step).stated_replacements()
        ),
    )


def _authorities(
    readings: Readings, choices: Choices, organization: StatedOrganization | None
) -> tuple[Authority, ...]:
    if not choices.has_authority or organization is None:
        return ()
    principal = f"{organization.representative_title}　{organization.representative_name}"
    return readings.read(AuthorityForm).stated(principal=principal)
