"""The step about the subscriber: name, reading, Roman letters, birth, home (8.1-8.3, 8.7-8.12, 12.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inro.japanese.replacement import Document
from inro.japanese.romaji import ReadingNotSpelled, judge_romaji, suggest_romaji
from inro.practice.content import RomanAddress
from inro.practice.stated import NameChoice
from inro.web.public.wizard.addresses import AddressFields
from inro.web.public.wizard.fields import Day, Kana, Line, Romaji, RomanAddressLine, Tick, Words
from inro.web.public.wizard.replaced import Replaced
from inro.web.public.wizard.step_form import Group, StepForm

HOME = AddressFields(
    prefix="home",
    title=_("Home address"),
    hint=_("As in the resident record: the card is posted there (Articles 8(1) and 17(4))."),
)
# Names in kana and in Roman letters: surname and given name.
_SPELLED = (("kana_surname", "romaji_surname"), ("kana_given", "romaji_given"))
_ROMAN = ("roman_prefecture", "roman_city", "roman_street")
_OWN_NAMES = {NameChoice.FORMER_SURNAME: ("former_surname", "given"), NameChoice.ALIAS: ("alias",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A subscriber's names as the form states them."""

    legal: str
    certificate: str
    kana: str
    romaji: str


class SubscriberForm(StepForm):
    """Who the subscriber is."""

    @property
    def foreign(self) -> bool:
        """Whether the applicant is a foreign resident."""
        return self.asking.choices is not None and self.asking.choices.foreign_resident

    @property
    def name_choice(self) -> NameChoice:
        """Which name the certificate carries."""
        return self.asking.choices.name_choice if self.asking.choices else NameChoice.LEGAL_NAME

    def questions(self) -> dict[str, forms.Field]:
        """Return the step's fields."""
        return {
            "surname": Line(_("Surname"), most=30, autocomplete="family-name"),
            "given": Line(_("Given name"), most=30, required=not self.foreign, autocomplete="given-name"),
            **self._own_name(),
            "kana_surname": Kana(_("Surname in katakana"), most=30),
            "kana_given": Kana(_("Given name in katakana"), most=30, required=not self.foreign),
            "romaji_surname": Romaji(_("Surname in Roman letters"), most=40, required=self.foreign),
            "romaji_given": Romaji(_("Given name in Roman letters"), most=40, required=False),
            "birth_date": Day(
                _("Date of birth"),
                today=self.asking.on,
                most=30,
                hint=_("Example: 昭和55年2月29日, 1980/2/29"),
                autocomplete="bday",
            ),
            **self._stay(),
            **HOME.fields(),
            "wish_roman": Tick(_("The certificate shall show the address in Roman letters")),
            "roman_prefecture": RomanAddressLine(_("Prefecture in Roman letters"), required=False, most=40),
            "roman_city": RomanAddressLine(_("City in Roman letters"), required=False, most=60),
            "roman_street": RomanAddressLine(_("Street in Roman letters"), required=False, most=100),
        }

    def _own_name(self) -> dict[str, forms.Field]:
        if self.name_choice is NameChoice.FORMER_SURNAME:
            words = _("Former surname, as in the family register")
            return {"former_surname": Line(words, most=30)}
        if self.name_choice is NameChoice.ALIAS:
            return {"alias": Line(_("Alias, as in the resident record"), most=60)}
        return {}

    def _stay(self) -> dict[str, forms.Field]:
        if not self.foreign:
            return {}
        ends = Day(_("End of the period of stay"), today=self.asking.on, future=True, required=False, most=30)
        return {"stay_ends": ends, "stay_unlimited": Tick(_("The stay has no end (permanent residents)"))}

    def groups(self) -> tuple[Group, ...]:
        """Return the fields as the papers have them."""
        named = self.name_choice in _OWN_NAMES
        own = tuple(name for name in ("former_surname", "alias") if name in self.fields)
        groups = [
            Group(
                title=_("Name of the subscriber"),
                names=("surname", "given"),
                hint=_("Exactly as in the resident record. The card is handed over against this name."),
                two=True,
                panel="" if named else "name",
            ),
            Group(
                title=_("Reading of the name in the certificate"),
                names=("kana_surname", "kana_given"),
                hint=_("Full-width katakana. Half-width kana and hiragana are mended."),
                two=True,
            ),
            Group(
                title=_("Name in Roman letters, in the certificate"),
                names=("romaji_surname", "romaji_given"),
                hint=self._romaji_hint(),
                two=True,
            ),
            Group(names=("birth_date",)),
            HOME.group(panel="home"),
            Group(
                title=_("Address in Roman letters (only if wished)"),
                names=("wish_roman", *_ROMAN),
                hint=_("Leave it out unless a procurement system asks for it (Article 8(2))."),
            ),
        ]
        if own:
            groups.insert(1, Group(names=own, panel="name"))
        if self.foreign:
            groups.insert(
                -2,
                Group(
                    title=_("Period of stay"),
                    names=("stay_ends", "stay_unlimited"),
                    hint=_("When the stay ends, the subscriber applies for revocation (Article 12(4))."),
                ),
            )
        return tuple(groups)

    def replaced_now(self) -> tuple[Replaced, ...]:
        """Return name and home: both are in a resident record."""
        names = _OWN_NAMES.get(self.name_choice, ("surname", "given"))
        field = "certificate_name" if self.name_choice in _OWN_NAMES else "legal_name"
        resident = Document.RESIDENT
        return (
            Replaced(
                key="name", label=_("Name of the subscriber"), names=names, document=resident, field=field
            ),
            Replaced(
                key="home", label=_("Home address"), names=HOME.replaced, document=resident, field="home"
            ),
        )

    def notes(self, group: Group) -> tuple[str, ...]:
        """Return what the postal code says, and the romaji that an empty field stands for."""
        if group.lookup:
            return HOME.note(self)
        if "romaji_surname" in group.names and not self.foreign:
            suggested = " ".join(filter(None, (self.suggestion(kana) for kana, _name in _SPELLED)))
            words = gettext("Suggested from the reading: %(romaji)s. Empty fields take it.")
            return (words % {"romaji": suggested},) if suggested else ()
        return ()

    def suggestion(self, kana: str) -> str:
        """Return the passport's spelling of a reading, nothing where there is none."""
        try:
            return suggest_romaji(self.readable(kana))
        except ReadingNotSpelled:
            return ""

    def clean(self) -> dict[str, Any]:
        """Refuse romaji that do not spell the reading, a stay without end or word, half an address."""
        given = self.cleaned_data
        if not self.foreign:
            for kana, romaji in _SPELLED:
                self._check_romaji(kana, romaji)
        elif (
            not given.get("stay_unlimited")
            and "stay_ends" not in self.errors
            and given.get("stay_ends") is None
        ):
            self.add_error(
                "stay_ends", gettext("Enter the end of the period of stay, or tick that it has none.")
            )
        if given.get("wish_roman"):
            for name in _ROMAN:
                if not given.get(name) and name not in self.errors:
                    words = gettext("Enter %(label)s, or do not ask for the address in Roman letters.")
                    self.add_error(name, words % {"label": self.fields[name].label})
        return given

    def _check_romaji(self, kana: str, romaji: str) -> None:
        reading, written = self.cleaned_data.get(kana), self.cleaned_data.get(romaji)
        if not reading or romaji in self.errors:
            return
        words = {"label": self.fields[romaji].label, "kana": reading}
        try:
            if written and not judge_romaji(reading=reading, romaji=written).fits:
                self.add_error(romaji, self._no_spelling(words | {"romaji": suggest_romaji(reading)}))
            if not written:
                self.cleaned_data[romaji] = suggest_romaji(reading)
        except ReadingNotSpelled:
            self.add_error(
                kana,
                ValidationError(
                    _("%(kana)s has no spelling in Roman letters. Look at the reading."), params=words
                ),
            )

    def _no_spelling(self, words: dict[str, Any]) -> ValidationError:
        return ValidationError(
            _(
                "%(label)s does not spell %(kana)s. Write it like %(romaji)s (OH and OU for a long O"
                " are taken too)."
            ),
            params=words,
        )

    def _romaji_hint(self) -> Words:
        if self.foreign:
            return _("As in the resident record or passport (Article 8(3)).")
        return _("As in a passport. A long O may be written O, OH or OU.")

    def rows(self) -> Iterator[tuple[Words, str, str]]:
        """Yield the answers, and the name as the certificate shows it where that differs."""
        yield from super().rows()
        if self.panels["name"]:
            yield _("Name as the certificate shows it"), self.names().certificate, "surname"

    def names(self) -> Names:
        """Return the names of a valid form."""
        given = self.cleaned_data
        return Names(
            legal=_joined(given["surname"], given["given"]),
            certificate=self.panels["name"].whole,
            kana=_joined(given["kana_surname"], given["kana_given"]),
            romaji=_joined(given["romaji_surname"], given["romaji_given"], between=" "),
        )

    def roman_home(self) -> RomanAddress | None:
        """Return the address in Roman letters, if it is wished."""
        given = self.cleaned_data
        if not given.get("wish_roman"):
            return None
        prefecture, city, street = (given[name] for name in _ROMAN)
        return RomanAddress(prefecture=prefecture, city=city, street=street)


def _joined(*names: str, between: str = "　") -> str:
    return between.join(filter(None, names))
