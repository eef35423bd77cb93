"""What paper refuses before anything is printed: data only (8.7, 36, 37)."""

from inro.practice.errors import Refused


class GlyphMissing(Refused):
    """No face of ours draws a character; printed all the same it would be a blank or a wrong name."""

    def __init__(self, *, field: str, character: str) -> None:
        code_points = " ".join(f"U+{ord(part):04X}" for part in character)
        super().__init__(field=field, character=character, code_points=code_points)
        self.field = field
        self.character = character
        self.code_points = code_points


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
