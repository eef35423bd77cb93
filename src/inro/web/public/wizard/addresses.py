"""A Japanese address as several fields, and the beginning of it by its postal code, offline (8.1, 29)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inro.japanese.folding import fold
from inro.japanese.postal_code import PostalArea, PostalVerdict, check_postal_code, find_postal_areas
from inro.practice.stated import StatedAddress
from inro.web.public.wizard.fields import Line, PostalCode, Prefecture, Words
from inro.web.public.wizard.step_form import Group, StepForm

PARTS = ("postal_code", "prefecture", "city", "street", "building")
_REPLACED = PARTS[2:]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFields:
    """The fields of one address, each name beginning with `prefix`."""

    prefix: str
    title: Words
    hint: Words = ""

    def name(self, part: str) -> str:
        """Return the name of one part's field."""
        return f"{self.prefix}_{part}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields."""
        return tuple(map(self.name, PARTS))

    @property
    def replaced(self) -> tuple[str, ...]:
        """The names of those whose characters may be replaced."""
        return tuple(map(self.name, _REPLACED))

    def fields(self) -> dict[str, forms.Field]:
        """Return the fields."""
        return {
            self.name("postal_code"): PostalCode(
                _("Postal code"), hint=_("Seven digits"), inputmode="numeric", autocomplete="postal-code"
            ),
            self.name("prefecture"): Prefecture(_("Prefecture")),
            self.name("city"): Line(_("City, ward, town"), most=40, autocomplete="address-level2"),
            self.name("street"): Line(
                _("Street and number"), hint=_("Example: 見本町1丁目2番3号"), autocomplete="address-line1"
            ),
            self.name("building"): Line(_("Building and room"), required=False, autocomplete="address-line2"),
        }

    def group(self, panel: str = "") -> Group:
        """Return the fields as a group with its look-up."""
        return Group(title=self.title, hint=self.hint, names=self.names, panel=panel, lookup=self.prefix)

    def stated(self, form: StepForm) -> StatedAddress:
        """Return the address of a valid form."""
        texts = {part: form.text(self.name(part)) for part in PARTS}
        return StatedAddress(**texts | {part: fold(texts[part]) for part in _REPLACED})

    def note(self, form: StepForm) -> tuple[str, ...]:
        """Return what the postal code says against the address: told, never refused."""
        code, prefecture, city, street = (form.readable(self.name(part)) for part in PARTS[:4])
        if not (code and prefecture and city):
            return ()
        verdict = check_postal_code(code=code, address=f"{prefecture}{city}{street}")
        words = _notes().get(verdict)
        return (words,) if words else ()


def _notes() -> dict[PostalVerdict, str]:
    elsewhere = gettext("The postal code belongs to another place. Compare both with the paper.")
    return {
        PostalVerdict.UNKNOWN_CODE: gettext(
            "The postal code is not in Japan Post's list. Look at it again; if it is new, go on."
        ),
        PostalVerdict.OTHER_PREFECTURE: elsewhere,
        PostalVerdict.OTHER_MUNICIPALITY: elsewhere,
    }


def filled_in(answers: Mapping[str, str], *, prefix: str, choice: str = "") -> tuple[dict[str, str], str]:
    """Return answers with the address its postal code has, and what to say about it.

    Where a code has several areas, `choice` is the text of the one that was chosen.
    """
    named = f"{prefix}_postal_code"
    areas = [area for area in find_postal_areas(answers.get(named, "")) if not choice or area.text == choice]
    if not areas:
        return dict(answers), gettext(
            "No address was found for this postal code. Write the address yourself."
        )
    if len(areas) > 1:
        return dict(answers), gettext("Several places have this postal code. Choose one below.")
    filled = dict(answers) | _parts(prefix, areas[0])
    return filled, gettext("The address of the postal code was filled in. Add the number and the building.")


def areas_of(answers: Mapping[str, str], *, prefix: str) -> tuple[PostalArea, ...]:
    """Return the areas of the postal code that was typed."""
    return find_postal_areas(answers.get(f"{prefix}_postal_code", ""))


def _parts(prefix: str, area: PostalArea) -> dict[str, str]:
    return {
        f"{prefix}_prefecture": area.prefecture,
        f"{prefix}_city": area.municipality,
        f"{prefix}_street": area.town + (area.note if area.office else ""),
    }
