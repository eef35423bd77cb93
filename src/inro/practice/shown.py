"""What of a form an item of the checklist shows, to be held against a paper (8.1-8.3, 5.4, 12.4, 23)."""

from collections.abc import Iterator
from enum import StrEnum

from inro.practice.stated import StatedForm, StatedReplacement


class Shown(StrEnum):
    """What of the form is held against the paper; `paper` is the paper's own day of issue.

    `name` is shown with the characters replaced in it, `names` are the same two names without.
    """

    NOTHING = "nothing"
    PAPER = "paper"
    NAME = "name"
    NAMES = "names"
    ROMAJI = "romaji"
    BIRTH_DATE = "birth_date"
    HOME = "home"
    STAY = "stay"
    ORGANIZATION = "organization"
    REPRESENTATIVE = "representative"
    CORPORATE_NUMBER = "corporate_number"
    AUTHORITY = "authority"
    PROXY_NAME = "proxy_name"
    PROXY_HOME = "proxy_home"


# From which field of the form the replaced characters of an item come (8.8-8.12).
_FIELDS = {
    Shown.NAME: ("legal_name", "certificate_name"),
    Shown.HOME: ("home",),
    Shown.ORGANIZATION: ("organization.name", "organization.address"),
    Shown.REPRESENTATIVE: ("organization.representative_name",),
    Shown.PROXY_NAME: ("proxy.name",),
    Shown.PROXY_HOME: ("proxy.home",),
}


def shown_texts(form: StatedForm, shown: Shown) -> tuple[str, ...]:
    """Return what the form states, days as 2026-11-02, nothing for a part it does not have."""
    return tuple(filter(None, _texts(form, shown)))


def shown_address(form: StatedForm, shown: Shown) -> str:
    """Return the address among what is shown, empty for none."""
    if shown is Shown.HOME:
        return form.home.text
    if shown is Shown.PROXY_HOME and form.proxy is not None:
        return form.proxy.home.text
    if shown is Shown.ORGANIZATION and form.organization is not None:
        return form.organization.address.text
    return ""


def shown_replacements(form: StatedForm, shown: Shown) -> tuple[StatedReplacement, ...]:
    """Return the characters that the certificate shows otherwise than the paper (8.8-8.12)."""
    fields = _FIELDS.get(shown, ())
    return tuple(one for one in form.replacements if one.field in fields)


def _texts(form: StatedForm, shown: Shown) -> Iterator[str]:
    if shown in {Shown.NAME, Shown.NAMES}:
        yield form.certificate_name
        yield form.legal_name if form.legal_name != form.certificate_name else ""
    elif shown is Shown.ROMAJI:
        yield form.romaji
        yield form.kana
    elif shown is Shown.BIRTH_DATE:
        yield form.birth_date.isoformat()
    elif shown is Shown.STAY:
        yield form.stay_ends.isoformat() if form.stay_ends else ""
    elif shown is Shown.AUTHORITY:
        for authority in form.authorities:
            yield from authority.as_record().values()
    elif shown is Shown.PROXY_NAME:
        yield form.proxy.name if form.proxy else ""
    else:
        yield from _organization_texts(form, shown)
        yield shown_address(form, shown)


def _organization_texts(form: StatedForm, shown: Shown) -> Iterator[str]:
    stated = form.organization
    if stated is None:
        return
    if shown is Shown.ORGANIZATION:
        yield stated.name
    elif shown is Shown.REPRESENTATIVE:
        yield f"{stated.representative_title}　{stated.representative_name}"
    elif shown is Shown.CORPORATE_NUMBER:
        yield stated.corporate_number or ""
