"""The step about the authority that the certificate carries: for which system, in which words (5.4, 8.2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inro.practice.content import Authority
from inro.web.public.house import policy
from inro.web.public.wizard.fields import Day, GatedLine, GatedText
from inro.web.public.wizard.step_form import Group, StepForm

MOST = 3
_NAMES = ("system", "text", "limit", "ends_on")
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
            made[f"limit_{item}"] = GatedLine(_("Limit of the authority (if any)"), required=False, most=100)
            made[f"ends_on_{item}"] = Day(
                _("Last day of the authority (if before the certificate's end)"),
                today=self.asking.on,
                future=True,
                required=False,
                most=30,
            )
        return made

    def groups(self) -> tuple[Group, ...]:
        """Return system, words, limit and last day of each authority."""
        titles = (_("First authority"), _("Second authority (if any)"), _("Third authority (if any)"))
        return tuple(
            Group(title=title, names=tuple(f"{name}_{item}" for name in _NAMES))
            for item, title in zip(_ITEMS, titles, strict=True)
        )

    def clean(self) -> dict[str, Any]:
        """Refuse half an authority, and more systems than one certificate's authorities may be of (5.4)."""
        given = self.cleaned_data
        for item in _ITEMS[1:]:
            system, text = f"system_{item}", f"text_{item}"
            more = any(given.get(f"{name}_{item}") for name in ("limit", "ends_on"))
            halves = {bool(given.get(system)), bool(given.get(text)), *([True] if more else [])}
            if len(halves) > 1 and not {system, text} & self.errors.keys():
                missing = text if given.get(system) else system
                self.add_error(missing, gettext("Write both system and words of this authority, or neither."))
        self._check_systems()
        return given

    def _check_systems(self) -> None:
        named = {self.cleaned_data.get(f"system_{item}"): f"system_{item}" for item in reversed(_ITEMS)}
        others = [field for system, field in reversed(named.items()) if system]
        for field in others[policy().checklist.most_systems :]:
            self.add_error(field, gettext("One certificate takes no authority of a further system."))

    def stated(self, *, principal: str) -> tuple[Authority, ...]:
        """Return the authorities of a valid form."""
        given = self.cleaned_data
        return tuple(
            Authority(
                principal=principal,
                system=given[f"system_{item}"],
                text=given[f"text_{item}"],
                limit=given[f"limit_{item}"],
                ends_on=given[f"ends_on_{item}"],
            )
            for item in _ITEMS
            if given[f"system_{item}"]
        )
