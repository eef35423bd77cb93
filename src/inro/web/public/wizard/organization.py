"""The step about the organization, as its registry certificate has it (8.2, 8.6, 8.9)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inro.japanese.replacement import Document
from inro.practice.stated import StatedOrganization
from inro.web.public.wizard.addresses import AddressFields
from inro.web.public.wizard.fields import CorporateNumber, Line
from inro.web.public.wizard.published import published_notes
from inro.web.public.wizard.replaced import Replaced
from inro.web.public.wizard.step_form import Group, StepForm

OFFICE = AddressFields(
    prefix="office",
    title=_("Head office"),
    hint=_("As in the commercial registry certificate. The certificate shows it."),
)
_REPRESENTATIVE = ("representative_title", "representative_name")


class OrganizationForm(StepForm):
    """Which organization, and who represents it."""

    replaced = tuple(
        Replaced(key=key, label=label, names=names, document=Document.REGISTRY, field=f"organization.{field}")
        for key, label, names, field in (
            ("company", _("Name of the organization"), ("company",), "name"),
            ("office", _("Head office"), OFFICE.replaced, "address"),
            ("representative", _("Representative"), _REPRESENTATIVE, "representative_name"),
        )
    )

    def questions(self) -> dict[str, forms.Field]:
        """Return the step's fields."""
        return {
            "corporate_number": CorporateNumber(
                _("Corporate Number"),
                required=False,
                most=30,
                hint=_(
                    "13 digits, if there is one. It is entered in the certificate once it is"
                    " confirmed (Article 8(2))."
                ),
                inputmode="numeric",
            ),
            "company": Line(
                _("Name of the organization"),
                hint=_("Exactly as registered, 株式会社 and the like included."),
                autocomplete="organization",
            ),
            **OFFICE.fields(),
            "representative_title": Line(_("Title"), most=30, hint=_("Example: 代表取締役")),
            "representative_name": Line(
                _("Name of the representative"), most=40, hint=_("Example: 見本　太郎")
            ),
        }

    def groups(self) -> tuple[Group, ...]:
        """Return the fields as the papers have them."""
        return (
            Group(names=("corporate_number",)),
            Group(names=("company",), panel="company"),
            OFFICE.group(panel="office"),
            Group(
                title=_("Representative"),
                names=_REPRESENTATIVE,
                hint=_("Whose seal stands on the form, consenting to the entries (Article 8(6))."),
                two=True,
                panel="representative",
            ),
        )

    def notes(self, group: Group) -> tuple[str, ...]:
        """Return what the postal code says, and what the public register says of the number."""
        if group.panel == "company":
            number, name = self.readable("corporate_number"), self.readable("company")
            return published_notes(number=number, name=name)
        return OFFICE.note(self) if group.lookup else ()

    def stated(self) -> StatedOrganization:
        """Return the organization of a valid form."""
        return StatedOrganization(
            name=self.text("company"),
            address=OFFICE.stated(self),
            representative_title=self.text("representative_title"),
            representative_name=self.text("representative_name"),
            corporate_number=self.cleaned_data["corporate_number"] or None,
        )
