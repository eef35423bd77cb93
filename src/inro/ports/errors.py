"""What a port may refuse: every adapter raises these and no error of its own library."""


class PortError(Exception):
    """An outside part could not do what was asked; `what` names the part, `do` what to do about it."""

    def __init__(self, what: str, detail: str, do: str = "") -> None:
        super().__init__(what, detail, do)
        self.what = what
        self.detail = detail
        self.do = do

    def __str__(self) -> str:
        return ": ".join(part for part in (self.what, self.detail, self.do) if part)


class TokenMissing(PortError):
    """No token of that label and serial is behind the PKCS#11 module."""


class PinRefused(PortError):
    """The token or card did not take the PIN; `detail` says so without the PIN."""


class CardRefused(PortError):
    """A card answered a command with an error, vanished, or is not what the record says."""


class NoBlankCard(CardRefused):
    """No blank card lies in the reader `what`; `detail` is what was found instead."""


class OtherCard(CardRefused):
    """The card asked for does not lie there: `what` is its serial, `detail` what was found instead."""


class CardLocked(CardRefused):
    """A card's PIN is locked (19.5)."""


class DirectoryUnavailable(PortError):
    """The directory server did not take or give an entry."""


class NewerPublished(PortError):
    """A half of the repository has a newer list than the one that was to be put there; it stays (26.2)."""


class PrinterUnavailable(PortError):
    """The printer did not take a document."""


class DocumentStoreUnavailable(PortError):
    """The place where documents are kept did not take or give one."""


class DocumentUnknown(PortError):
    """No document of that address is where documents are kept."""


class DocumentDamaged(PortError):
    """A document, or its wrapped key, is not what was stored for that row."""


class QuarantineFull(PortError):
    """Too many pages wait to be confirmed; none was taken in (8.5)."""


class NotInQuarantine(PortError):
    """A page is no longer in the quarantine: confirmed, dropped, out of time, or lost with a crash (8.5)."""


class QuarantineClosed(PortError):
    """The quarantine's key is gone with the process that had it (8.5)."""


class ScannedFileRefused(PortError):
    """A file of the scanner's folder that is not taken in; its name is not repeated (8.5)."""


class CorporateRegisterUnavailable(PortError):
    """The public register of Corporate Numbers gave no answer, or none that can be believed."""


class MailboxUnavailable(PortError):
    """The mailbox or spool where reports of deliveries arrive cannot be read."""


class AlarmNotSent(PortError):
    """The mail server did not take an alarm for everybody; `what` names those who were not told."""
