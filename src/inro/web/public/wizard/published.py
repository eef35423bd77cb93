"""What the loaded register says of an organization's number, told while the form is written (8.2, 8.6)."""

from django.utils.translation import gettext

from inro.japanese.number_publication import PublishedEntry
from inro.japanese.numbers import read_corporate_number
from inro.store.reads.corporate_register import RegisterRecord, published_entries, register_record
from inro.usecases.corporate_register import name_use


def published_notes(*, number: str, name: str) -> tuple[str, ...]:
    """Return what the applicant should know of a Corporate Number before the form is printed.

    Nothing is said while no register is loaded, the number is no number, or all agrees. The examination
    decides; a closed organization's application is not accepted then.
    """
    register, digits = register_record(), read_corporate_number(number).number
    if register is None or not digits:
        return ()
    entry = published_entries([digits]).get(digits)
    if entry is None or not entry.stands:
        return (_unknown(register),)
    if entry.closed_on is not None:
        return (_closed(entry),)
    return _other_name(entry, register, name) if name else ()


def _unknown(register: RegisterRecord) -> str:
    words = gettext(
        "The public register of %(day)s has no such Corporate Number. Check it, or leave the field empty:"
        " a number that cannot be confirmed is not entered in the certificate."
    )
    return words % {"day": register.published_on.strftime("%Y/%m/%d")}


def _closed(entry: PublishedEntry) -> str:
    words = gettext(
        "The organization of this Corporate Number was closed on %(day)s. An application for it is not"
        " accepted: check the number, or enter the organization that took its place%(successor)s."
    )
    day = entry.closed_on.strftime("%Y/%m/%d") if entry.closed_on else ""
    successor = f" ({entry.successor})" if entry.successor else ""
    return words % {"day": day, "successor": successor}


def _other_name(entry: PublishedEntry, register: RegisterRecord, name: str) -> tuple[str, ...]:
    use = name_use(entry, published_on=register.published_on, applied=name)
    if not use.warns:
        return ()
    words = gettext(
        "The certificate will name the organization as “%(name)s”, as it stands under this Corporate Number."
        " Portals refuse a name that differs by one character: if the registry certificate has another"
        " name, check the number and write to us before you post the form."
    )
    return (words % {"name": use.name},)
