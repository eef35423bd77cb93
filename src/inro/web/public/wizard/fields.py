"""What one field of the wizard takes, how it is read, and what is said when it cannot be (8.1-8.7, 29).

A field's value is what the form states; what was typed stays beside it, untouched.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from inro.japanese.address_reading import PREFECTURES
from inro.japanese.eras import NoEraDate, era_date, read_date
from inro.japanese.folding import fold
from inro.japanese.gate import outside_gate
from inro.japanese.kana import ReadingProblem, read_reading
from inro.japanese.numbers import NumberVerdict, read_corporate_number
from inro.japanese.postal_code import postal_digits
from inro.japanese.romaji import is_roman_name, one_roman_writing
from inro.japanese.telephone import DASHES, read_telephone
from inro.japanese.units import TextRefused, split_units
from inro.paper.glyphs import missing_glyphs

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Words = str | _StrPromise

_ROMAN_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,'#/()-]*")
_OLDEST = date(1900, 1, 1)


class Line(forms.Field):
    """One line of text, taken as it is written if it can be printed."""

    kind = "text"
    # Of a field that another answer makes superfluous nothing is asked.
    ignored = False

    def __init__(
        self,
        label: Words,
        *,
        hint: Words = "",
        required: bool = True,
        most: int = 60,
        widget: forms.Widget | None = None,
        **attributes: str,
    ) -> None:
        chosen = widget or forms.TextInput(attrs=attributes)
        super().__init__(required=required, label=label, help_text=hint, widget=chosen)
        self.most = most

    def clean(self, value: Any) -> Any:
        """Return what the field states.

        Raises: ValidationError that says what to do.
        """
        text = "" if self.ignored else str(value or "").strip()
        if not text:
            if self.required and not self.ignored:
                raise self.problem(_("Enter %(label)s."))
            return self.nothing()
        if len(text) > self.most:
            raise self.problem(_("%(label)s: write at most %(most)s characters."), most=self.most)
        self.check_characters(text)
        return self.read(text)

    def read(self, text: str) -> Any:
        """Return the value that a text states."""
        return text

    def nothing(self) -> Any:
        """Return the value of an empty field."""
        return ""

    def show(self, value: Any) -> str:
        """Return how a value is shown to whoever typed it."""
        return str(value)

    def check_characters(self, text: str) -> None:
        """Refuse what is no character of a text, and what no face of ours prints (8.7)."""
        try:
            split_units(text)
        except TextRefused as refused:
            raise self.problem(
                _("%(label)s: character %(place)s (%(code)s) cannot be used. Delete it and type it again."),
                place=refused.place + 1,
                code=f"U+{refused.code_point:04X}",
            ) from refused
        missing = missing_glyphs(fold(text))
        if missing:
            raise self.problem(
                _("%(label)s: “%(character)s” cannot be printed. Write it in another character or in kana."),
                character=missing[0],
            )

    def problem(self, words: Words, **details: object) -> ValidationError:
        """Return an error that names the field."""
        return ValidationError(words, params={"label": self.label, **details})


class GatedLine(Line):
    """A line of which every character goes into the certificate as it is written (8.7)."""

    def read(self, text: str) -> str:
        """Return the text in full width."""
        folded = fold(text)
        outside = outside_gate(folded)
        if outside:
            raise self.problem(
                _(
                    "%(label)s: “%(character)s” is not of JIS level 1 or 2. Write it in another"
                    " character or in kana."
                ),
                character=outside[0],
            )
        return folded


class GatedText(GatedLine):
    """Some lines of such text."""

    kind = "lines"

    def __init__(self, label: Words, **options: Any) -> None:
        super().__init__(label, widget=forms.Textarea(attrs={"rows": "4"}), **options)

    def read(self, text: str) -> str:
        """Return the text in one line."""
        return super().read("".join(text.splitlines()))

    def check_characters(self, text: str) -> None:
        """Check each line."""
        for line in text.splitlines():
            super().check_characters(line)


class Kana(Line):
    """A reading, in katakana however it was typed (8.2, 8.10)."""

    def read(self, text: str) -> str:
        """Return the reading in full-width katakana."""
        reading = read_reading(text)
        if reading.findings:
            first = reading.findings[0]
            if first.problem is ReadingProblem.NOT_KANA:
                raise self.problem(_("Write %(label)s in full-width katakana."))
            raise self.problem(
                _("%(label)s: “%(character)s” cannot stand there. Write the reading as it is spoken."),
                character=first.character,
            )
        return reading.text


class Romaji(Line):
    """A name in Roman letters, in capitals (8.2)."""

    def read(self, text: str) -> str:
        """Return the name in capitals of half width."""
        written = one_roman_writing(text)
        if not is_roman_name(written):
            raise self.problem(_("Write %(label)s in the letters A to Z, such as SATO."))
        return written


class RomanAddressLine(Line):
    """A line of an address in Roman letters (8.2)."""

    def read(self, text: str) -> str:
        """Return the line in half width."""
        written = unicodedata.normalize("NFKC", text).translate(DASHES)
        if not _ROMAN_ADDRESS.fullmatch(written):
            raise self.problem(_("Write %(label)s in Roman letters and digits, such as 1-2-3 Mihoncho."))
        return written


class Day(Line):
    """A day, in Japanese or Gregorian years."""

    def __init__(self, label: Words, *, today: date, future: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.today = today
        self.future = future

    def read(self, text: str) -> date:
        """Return the day."""
        found = read_date(text).day
        if found is None:
            raise self.problem(
                _("%(label)s: there is no such day. Write it like 昭和55年2月29日 or 1980/2/29.")
            )
        if self.future and found < self.today:
            raise self.problem(_("%(label)s is past. Write a day to come."))
        if not self.future and not _OLDEST <= found <= self.today:
            raise self.problem(_("%(label)s cannot be that day. Look at the year again."))
        return found

    def nothing(self) -> None:
        """Return no day."""

    def show(self, value: Any) -> str:
        """Return the day in both reckonings."""
        if value is None:
            return ""
        try:
            era = f"（{era_date(value).japanese}）"
        except NoEraDate:
            era = ""
        return f"{value.year}年{value.month}月{value.day}日{era}"


class PostalCode(Line):
    """A postal code, three digits, a hyphen, four digits (29)."""

    def read(self, text: str) -> str:
        """Return the code with its hyphen."""
        digits = postal_digits(text)
        if digits is None:
            raise self.problem(_("%(label)s has seven digits, such as 100-0001."))
        return f"{digits[:3]}-{digits[3:]}"


class CorporateNumber(Line):
    """A Corporate Number whose check digit is right (8.2)."""

    def read(self, text: str) -> str:
        """Return the thirteen digits."""
        found = read_corporate_number(text)
        if found.verdict is NumberVerdict.WRONG_CHECK_DIGIT:
            raise self.problem(
                _("%(label)s: its check digit is wrong, so a digit is mistyped. Compare each digit.")
            )
        if found.verdict is not NumberVerdict.VALID:
            raise self.problem(_("%(label)s has 13 digits. Write all of them."))
        return found.number


class Telephone(Line):
    """A telephone or fax number of Japan."""

    def read(self, text: str) -> str:
        """Return the number in half width."""
        written = read_telephone(text)
        if written is None:
            raise self.problem(_("%(label)s has 10 or 11 digits and begins with 0, such as 03-0000-0000."))
        return written


class Email(Line):
    """An e-mail address."""

    def read(self, text: str) -> str:
        """Return the address in half width."""
        written = unicodedata.normalize("NFKC", text)
        try:
            EmailValidator()(written)
        except ValidationError as error:
            raise self.problem(
                _("%(label)s is like name@company.example. Look for a missing sign.")
            ) from error
        return written


class Choice(forms.Field):
    """One of several, as radio buttons; a choice may have a line below it."""

    kind = "radios"

    def __init__(
        self, label: Words, choices: Iterable[tuple[str, Words]], *, hint: Words = "", required: bool = True
    ) -> None:
        self.choices = [(str(value), words) for value, words in choices]
        super().__init__(
            required=required, label=label, help_text=hint, widget=forms.RadioSelect(choices=self.choices)
        )

    def clean(self, value: Any) -> str:
        """Return the chosen value.

        Raises: ValidationError.
        """
        if not value and not self.required:
            return ""
        if value not in dict(self.choices):
            raise ValidationError(_("Choose one of “%(label)s”."), params={"label": self.label})
        return str(value)

    def show(self, value: Any) -> str:
        """Return the words of a value."""
        return str(dict(self.choices).get(value, ""))


class Prefecture(Choice):
    """One of the 47 prefectures: addresses are Japanese (29)."""

    kind = "select"
    ignored = False

    def __init__(self, label: Words) -> None:
        super().__init__(label, [("", _("Choose")), *((name, name) for name in PREFECTURES)])
        self.widget = forms.Select(choices=self.choices, attrs={"autocomplete": "address-level1"})

    def clean(self, value: Any) -> str:
        """Return the prefecture.

        Raises: ValidationError.
        """
        if self.ignored:
            return ""
        if value not in PREFECTURES:
            raise ValidationError(_("Choose %(label)s."), params={"label": self.label})
        return str(value)

    def show(self, value: Any) -> str:
        """Return the prefecture."""
        return str(value)


class Tick(forms.Field):
    """A box to tick; a required one says what is agreed to."""

    kind = "tick"

    def __init__(
        self, label: Words, *, hint: Words = "", required: bool = False, missing: Words = ""
    ) -> None:
        super().__init__(required=required, label=label, help_text=hint, widget=forms.CheckboxInput())
        self.missing = missing or _("Tick the box: %(label)s")

    def clean(self, value: Any) -> bool:
        """Return whether the box is ticked.

        Raises: ValidationError.
        """
        if self.required and not value:
            raise ValidationError(self.missing, params={"label": self.label})
        return bool(value)

    def show(self, value: Any) -> str:
        """Return a mark for a ticked box."""
        return "✓" if value else ""
