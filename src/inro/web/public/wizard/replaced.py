"""Characters that a certificate shows otherwise: seen, chosen where open, consented to (8.7-8.12).

The consent holds for the very replacements that were shown: another name needs another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inro.japanese.replacement import Document, How, Unit, replace_text
from inro.japanese.stated_replacement import stated_replacement
from inro.practice.stated import StatedReplacement
from inro.web.public.wizard.fields import Choice, Kana, Words

KANA = "kana"
LONGEST_KANA = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """Which texts of a step are replaced together: their fields, the paper they are from, where they go."""

    key: str
    label: Words
    names: tuple[str, ...]
    document: Document
    field: str


class _Consent(forms.CheckboxInput):
    """A box whose value is what is consented to, ticked only while that is what it was ticked for."""

    def __init__(self, agreed: str) -> None:
        super().__init__(check_test=lambda value: value == agreed)
        self.agreed = agreed

    def format_value(self, _value: Any) -> str:
        return self.agreed

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Any:
        return data.get(name)


class Consent(forms.Field):
    """The consent to the replacements that a panel shows (8.12)."""

    kind = "tick"

    def __init__(self, label: Words, agreed: str) -> None:
        super().__init__(label=label, widget=_Consent(agreed))
        self.agreed = agreed

    def clean(self, value: Any) -> bool:
        """Return that these replacements are consented to.

        Raises: ValidationError.
        """
        if value != self.agreed:
            raise ValidationError(
                _("Look at the characters that change, then tick: %(label)s"), params={"label": self.label}
            )
        return True


class Panel:
    """The replacements of one group of texts: what is sure, what is asked, what comes out."""

    def __init__(self, *, of: Replaced, texts: Mapping[str, str], answers: Mapping[str, str]) -> None:
        self.of = of
        self.texts = {name: replace_text(text, document=of.document) for name, text in texts.items() if text}
        units = [unit for text in self.texts.values() for unit in text.units if unit.how is not How.KEPT]
        distinct = list(dict.fromkeys(units))
        self.sure = [unit for unit in distinct if unit.how is How.REPLACED]
        self.asked = [unit for unit in distinct if unit.how is not How.REPLACED]
        self.decided = {unit.original: self._decision(unit, answers) for unit in self.asked}

    def __bool__(self) -> bool:
        return bool(self.sure or self.asked)

    @property
    def settled(self) -> bool:
        """Whether every character has what stands for it."""
        return all(self.decided.values())

    @property
    def consent_name(self) -> str:
        """The name of the box that consents."""
        return f"{self.of.key}-consent"

    def printed(self, name: str) -> str:
        """Return a text as the certificate shows it; what is not decided yet is left out."""
        found = self.texts.get(name)
        return "".join(map(self._printed, found.units)) if found is not None else ""

    @property
    def whole(self) -> str:
        """The texts together as the certificate shows them."""
        return "　".join(filter(None, map(self.printed, self.of.names)))

    def fields(self) -> dict[str, forms.Field]:
        """Return the fields that the replacements need."""
        made: dict[str, forms.Field] = {}
        for unit in self.asked:
            made |= self._question(unit)
        if self.sure:
            agreed = "".join(unit.original + unit.replacement for unit in self.sure)
            made[self.consent_name] = Consent(self._consent_words(), agreed)
        return made

    def names_of(self, unit: Unit) -> tuple[str, str]:
        """Return the names of the radio buttons and of the kana that stand for a unit."""
        return _names(self.of.key, unit)

    def stated(self) -> tuple[StatedReplacement, ...]:
        """Return what was consented to or chosen, as the form states it."""
        return tuple(map(self._stated, (*self.sure, *self.asked)))

    def _consent_words(self) -> str:
        if self.settled:
            return gettext("I consent to “%(printed)s” being written") % {"printed": self.whole}
        return gettext("I consent to the characters above being replaced as shown")

    def _question(self, unit: Unit) -> dict[str, forms.Field]:
        radios, kana = self.names_of(unit)
        words = {"character": unit.original}
        reading = Kana(
            gettext("Katakana for “%(character)s”") % words, required=not unit.candidates, most=LONGEST_KANA
        )
        if not unit.candidates or unit.how is How.KANA:
            reading.required = True
            return {kana: reading}
        offered: list[tuple[str, Words]] = [
            *((one, one) for one in unit.candidates),
            (KANA, _("Write it in katakana")),
        ]
        return {radios: Choice(gettext("Character for “%(character)s”") % words, offered), kana: reading}

    def _decision(self, unit: Unit, answers: Mapping[str, str]) -> str:
        radios, kana = self.names_of(unit)
        chosen = answers.get(radios, "")
        if unit.how is How.REVIEW and chosen in unit.candidates:
            return chosen
        try:
            return str(Kana("", required=False, most=LONGEST_KANA).clean(answers.get(kana)))
        except ValidationError:
            return ""

    def _printed(self, unit: Unit) -> str:
        return unit.replacement or self.decided.get(unit.original, "")

    def _stated(self, unit: Unit) -> StatedReplacement:
        return stated_replacement(
            unit=unit, printed=self._printed(unit), field=self.of.field, document=self.of.document
        )


def _names(key: str, unit: Unit) -> tuple[str, str]:
    points = "_".join(f"{ord(character):X}" for character in unit.original)
    return f"{key}-{points}", f"{key}-{points}-kana"
