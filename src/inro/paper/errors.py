"""What paper refuses before anything is printed: data only (8.7, 36, 37)."""

import unicodedata

from inro.practice.errors import Refused


class GlyphMissing(Refused):
    """No face of ours draws a character; printed all the same it would be a blank or a wrong name."""

    def __init__(self, *, field: str, character: str) -> None:
        code_points = " ".join(f"U+{ord(part):04X}" for part in character)
        # A control or half of a pair would spoil the page, terminal or log that shows the message.
        shown = "".join("\N{REPLACEMENT CHARACTER}" if _spoils(part) else part for part in character)
        super().__init__(field=field, character=shown, code_points=code_points)
        self.field = field
        self.character = character
        self.code_points = code_points


def _spoils(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


class TextTooLong(Refused):
    """A field holds more than any name or address does; for a list, more entries (8.1)."""

    def __init__(self, *, field: str, length: int, limit: int) -> None:
        super().__init__(field=field, length=length, limit=limit)
        self.field = field
        self.length = length
        self.limit = limit


class FontMissing(Refused):
    """A font file the forms are set in is not installed; `package` is what brings it."""

    def __init__(self, *, path: str, package: str) -> None:
        super().__init__(path=path, package=package)
        self.path = path
        self.package = package


class SheetRefused(Refused):
    """The data of a sheet contradict themselves or cannot be typeset; `field` says where."""

    def __init__(self, *, sheet: str, field: str) -> None:
        super().__init__(sheet=sheet, field=field)
        self.sheet = sheet
        self.field = field


class InvoiceRefused(SheetRefused):
    """Tax or total of an invoice is not what its lines make (36, 37)."""


class MailerRefused(SheetRefused):
    """A PIN mailer's PIN or number is of a shape the mailer does not print (19.3)."""
