"""The first step: what kind of application it is, which decides every other (5.4, 6.1, 8.2, 8.3, 23, 33)."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from inro.practice.fees import certificate_line, invoice_sum
from inro.practice.stated import ApplicantKind, NameChoice
from inro.practice.validity import ValidityPeriod, last_day_sum
from inro.practice.wizard import Choices
from inro.web.public.wizard.fields import Choice
from inro.web.public.wizard.step_form import Asking, Group, StepForm
from inro.words.day_sums import clause_sum_words
from inro.words.states import word

YES, NO = "yes", "no"
_APPLICANTS = [
    (
        ApplicantKind.COMPANY_EMPLOYEE,
        _("A person who belongs to a company or another registered organization"),
    ),
    (ApplicantKind.SOLE_PROPRIETOR, _("A sole proprietor without commercial registration")),
]
_RESIDENTS = [(NO, _("No, a Japanese national")), (YES, _("Yes, a foreign national living in Japan"))]
_NAMES = [
    (NameChoice.LEGAL_NAME, _("Legal name, as in the resident record")),
    (NameChoice.FORMER_SURNAME, _("Former surname (its own form is printed with it)")),
    (NameChoice.ALIAS, _("Alias in the resident record (foreign residents only)")),
]
_AUTHORITIES = [
    (NO, _("No authority")),
    (YES, _("Yes: a power of attorney of the representative (its own form is printed with it)")),
]
_RECIPIENTS = [
    (NO, _("The subscriber in person")),
    (YES, _("A proxy recipient, whose registered seal is needed")),
]


class KindForm(StepForm):
    """Company or sole proprietor, period, name, authority, proxy."""

    def questions(self) -> dict[str, forms.Field]:
        """Return the step's fields."""
        periods = [(period, period_words(period, self.asking)) for period in ValidityPeriod]
        return {
            "kind": Choice(
                _("Who applies"),
                _APPLICANTS,
                hint=_(
                    "A sole proprietor's certificate shows no organization, address or authority"
                    " (Articles 5 and 8)."
                ),
            ),
            "period": Choice(
                _("Period of validity"),
                periods,
                hint=_(
                    "The last day is computed for issuance today; it moves with the month of issuance"
                    " (Article 6)."
                ),
            ),
            "foreign_resident": Choice(_("Is the applicant a foreign resident?"), _RESIDENTS),
            "name_choice": Choice(_("Name in the certificate"), _NAMES),
            "authority": Choice(
                _("Shall an authority stand in the certificate?"),
                _AUTHORITIES,
                hint=_("Choose yes where an agent signs bids in the representative's name."),
            ),
            "proxy": Choice(_("Who receives the card?"), _RECIPIENTS),
        }

    def groups(self) -> tuple[Group, ...]:
        """Return each question by itself."""
        return tuple(Group(names=(name,)) for name in self.fields)

    def clean(self) -> dict[str, Any]:
        """Refuse what does not go together (5.4, 8.3)."""
        given = self.cleaned_data
        sole = given.get("kind") == ApplicantKind.SOLE_PROPRIETOR
        if sole and given.get("authority") == YES:
            self.add_error(
                "authority",
                gettext(
                    "A sole proprietor's certificate carries no authority (Article 5(4)). Choose “No"
                    " authority”."
                ),
            )
        if given.get("name_choice") == NameChoice.ALIAS and given.get("foreign_resident") == NO:
            self.add_error(
                "name_choice",
                gettext(
                    "Only a foreign resident has an alias (Article 8(3)). Choose another name, or"
                    " “Yes” above."
                ),
            )
        return given

    @property
    def choices(self) -> Choices:
        """The choices of a valid form."""
        given = self.cleaned_data
        return Choices(
            kind=ApplicantKind(given["kind"]),
            period=ValidityPeriod(given["period"]),
            name_choice=NameChoice(given["name_choice"]),
            foreign_resident=given["foreign_resident"] == YES,
            authority=given["authority"] == YES,
            proxy=given["proxy"] == YES,
        )


def period_words(period: ValidityPeriod, asking: Asking) -> str:
    """Return a period with its last day and its price, tax apart and included (6.1, 33, 37)."""
    total = invoice_sum([certificate_line(period=period, terms=asking.terms)])
    last, language = last_day_sum(issued_on=asking.on, period=period), get_language() or "ja"
    told = gettext("%(period)s: %(total)s yen with tax (%(net)s + tax %(tax)s), until %(last)s (%(counted)s)")
    return told % {
        "period": word(period, language),
        "total": f"{total.total:,}",
        "net": f"{total.net:,}",
        "tax": f"{total.tax:,}",
        "last": last.day.strftime("%Y/%m/%d"),
        "counted": clause_sum_words("6.1", last, language),
    }
