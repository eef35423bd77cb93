"""The step about the authority that the certificate carries: for which system, in which words (5.4, 8.2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inro.practice.content import Authority
from inro.web.public.wizard.fields import GatedLine, GatedText
from inro.web.public.wizard.step_form import Group, StepForm

MOST = 3
_ITEMS = range(1, MOST + 1)


class AuthorityForm(StepForm):
    """Up to three authorities; the principal is the organization's representative."""

    def questions(self) -> dict[str, forms.Field]:
        """Return the step's fields."""
        made: dict[str, forms.Field] = {}
        for item in _ITEMS:
            first = item == 1
            made[f"system_{item}"] = GatedLine(
                _("System"), required=first, hint=_("Example: 電子入札コアシステム") if first else ""
            )
            made[f"text_{item}"] = GatedText(
                _("Exact words of the authority"),
                required=first,
                most=200,
                hint=_("Example: 見積り、入札及び契約の締結に関する一切の権限") if first else "",
            )
        return made

    def groups(self) -> tuple[Group, ...]:
        """Return system and words of each authority."""
        titles = (_("First authority"), _("Second authority (if any)"), _("Third authority (if any)"))
        return tuple(
            Group(title=title, names=(f"system_{item}", f"text_{item}"))
            for item, title in zip(_ITEMS, titles, strict=True)
        )

    def clean(self) -> dict[str, Any]:
        """Refuse half an authority."""
        given = self.cleaned_data
        for item in _ITEMS[1:]:
            system, text = f"system_{item}", f"text_{item}"
            if bool(given.get(system)) != bool(given.get(text)) and not {system, text} & self.errors.keys():
                missing = text if given.get(system) else system
                self.add_error(missing, gettext("Write both system and words of this authority, or neither."))
        return given

    def stated(self, *, principal: str) -> tuple[Authority, ...]:
        """Return the authorities of a valid form."""
        given = self.cleaned_data
        return tuple(
            Authority(principal=principal, system=given[f"system_{item}"], text=given[f"text_{item}"])
            for item in _ITEMS
            if given[f"system_{item}"]
        )
