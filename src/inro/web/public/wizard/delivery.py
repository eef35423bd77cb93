"""The step about who receives the card (17.4, 23)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inro.japanese.replacement import Document
from inro.practice.stated import StatedPerson
from inro.web.public.wizard.addresses import AddressFields
from inro.web.public.wizard.fields import Kana, Line
from inro.web.public.wizard.replaced import Replaced
from inro.web.public.wizard.step_form import Group, StepForm

PROXY_HOME = AddressFields(
    prefix="proxy",
    title=_("Address of the proxy recipient"),
    hint=_("As in the seal registration certificate: the card is posted there (Article 17(4))."),
)


class DeliveryForm(StepForm):
    """The proxy recipient; nothing where the subscriber receives the card in person."""

    @property
    def has_proxy(self) -> bool:
        """Whether somebody else receives the card."""
        return self.asking.choices is not None and self.asking.choices.proxy

    def questions(self) -> dict[str, forms.Field]:
        """Return the step's fields."""
        if not self.has_proxy:
            return {}
        return {
            "proxy_name": Line(
                _("Name of the proxy recipient"), most=40, hint=_("As in the seal registration certificate.")
            ),
            "proxy_kana": Kana(_("Reading in katakana"), most=60),
            **PROXY_HOME.fields(),
        }

    def groups(self) -> tuple[Group, ...]:
        """Return name, reading, address."""
        if not self.has_proxy:
            return ()
        return (
            Group(names=("proxy_name",), panel="proxy"),
            Group(names=("proxy_kana",)),
            PROXY_HOME.group(panel="proxy_home"),
        )

    def replaced_now(self) -> tuple[Replaced, ...]:
        """Return name and address of the proxy recipient."""
        if not self.has_proxy:
            return ()
        resident = Document.RESIDENT
        return (
            Replaced(
                key="proxy",
                label=_("Name of the proxy recipient"),
                names=("proxy_name",),
                document=resident,
                field="proxy.name",
            ),
            Replaced(
                key="proxy_home",
                label=_("Address of the proxy recipient"),
                names=PROXY_HOME.replaced,
                document=resident,
                field="proxy.home",
            ),
        )

    def notes(self, group: Group) -> tuple[str, ...]:
        """Return what the postal code says."""
        return PROXY_HOME.note(self) if group.lookup else ()

    def stated(self) -> StatedPerson | None:
        """Return the proxy recipient of a valid form, if there is one."""
        if not self.has_proxy:
            return None
        return StatedPerson(
            name=self.text("proxy_name"), kana=self.cleaned_data["proxy_kana"], home=PROXY_HOME.stated(self)
        )
