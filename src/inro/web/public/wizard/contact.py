"""The step about the invoice and the ways to reach the applicant, all of it optional (35.1, 40(5))."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inro.practice.stated import ApplicantKind, StatedBilling, StatedContact, StatedOrganization
from inro.web.public.wizard.addresses import AddressFields
from inro.web.public.wizard.fields import Choice, Email, Line, Telephone
from inro.web.public.wizard.step_form import Group, StepForm

BILLING = AddressFields(prefix="billing", title=_("Address for the invoice (only where chosen above)"))
TO_APPLICANT, TO_ORGANIZATION, ELSEWHERE = "applicant", "organization", "elsewhere"
_ELSEWHERE = ("billing_organization", "billing_name")


class ContactForm(StepForm):
    """Where the invoice goes, and telephone, fax and e-mail."""

    def questions(self) -> dict[str, forms.Field]:
        """Return the step's fields; those of another address are needed only where it is chosen."""
        return {
            "telephone": Telephone(
                _("Telephone"), required=False, most=20, inputmode="tel", autocomplete="tel"
            ),
            "fax": Telephone(_("Fax"), required=False, most=20, inputmode="tel"),
            "email": Email(_("E-mail"), required=False, most=254, inputmode="email", autocomplete="email"),
            "billing_to": Choice(_("The invoice goes to"), self._places()),
            "billing_organization": Line(_("Organization"), required=False),
            "billing_name": Line(_("Department or name"), required=False),
            **self._address(),
        }

    def _places(self) -> list[tuple[str, Any]]:
        places = [(TO_APPLICANT, _("The subscriber's home address"))]
        if self._has_organization:
            places.append((TO_ORGANIZATION, _("The organization's head office (same address)")))
        return [*places, (ELSEWHERE, _("Another address, below"))]

    @property
    def _has_organization(self) -> bool:
        chosen = self.asking.choices
        return chosen is not None and chosen.kind is ApplicantKind.COMPANY_EMPLOYEE

    def _address(self) -> dict[str, forms.Field]:
        fields = BILLING.fields()
        for field in fields.values():
            # What was typed before another place was chosen is kept, but nothing is asked of it.
            field.ignored = self.answers.get("billing_to") != ELSEWHERE  # type: ignore[attr-defined]
        return fields

    def groups(self) -> tuple[Group, ...]:
        """Return ways to reach the applicant, then the invoice."""
        groups = [
            Group(
                title=_("Contact (optional)"),
                names=("telephone", "fax", "email"),
                hint=_(
                    "You may leave these empty. We then reach you by post only: questions about your"
                    " papers take"
                    " longer, and notices of expiry come by letter alone (Article 40(5))."
                ),
            ),
            Group(names=("billing_to",), hint=_("The invoice is sent after issuance (Article 35).")),
        ]
        groups.append(
            Group(
                title=_("Another address for the invoice (only where chosen above)"),
                names=_ELSEWHERE,
                two=True,
            )
        )
        groups.append(BILLING.group())
        return tuple(groups)

    def clean(self) -> dict[str, Any]:
        """Ask for a name where the invoice goes to another address."""
        given = self.cleaned_data
        if given.get("billing_to") == ELSEWHERE and not given.get("billing_name"):
            self.add_error("billing_name", gettext("Enter who receives the invoice at the other address."))
        return given

    def stated_contact(self) -> StatedContact:
        """Return the ways to reach the applicant."""
        given = self.cleaned_data
        return StatedContact(telephone=given["telephone"], fax=given["fax"], email=given["email"])

    def stated_billing(self, organization: StatedOrganization | None) -> StatedBilling | None:
        """Return where the invoice goes, None for the applicant."""
        given = self.cleaned_data
        if given["billing_to"] == TO_ORGANIZATION and organization is not None:
            return StatedBilling(
                name=organization.representative_name,
                organization=organization.name,
                address=organization.address,
            )
        if given["billing_to"] != ELSEWHERE:
            return None
        return StatedBilling(
            name=given["billing_name"],
            organization=given["billing_organization"],
            address=BILLING.stated(self),
        )
