"""What a line of the ledger is about, in words (26.2, 40(7))."""

from inro.pki.crl import ListKind
from inro.practice.deadlines import DeadlineKind
from inro.words.states import word


def about_words(kind: DeadlineKind, about: str, language: str) -> str:
    """Return in `ja` or, for anything else, in English: a list by its kind, all else as it is named."""
    if kind is not DeadlineKind.LIST_RENEWAL:
        return about
    name, _, partition = about.partition("-")
    return f"{word(ListKind(name), language)} {partition}".rstrip()
