"""One name for each organization, the same in every certificate of its Corporate Number (8.2, 8.6, 8.9).

Procurement portals refuse an agent whose certificate names the organization by one character otherwise than
the representative's. So the name first certified is used again, byte for byte, and what differs is told.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.japanese.numbers import is_corporate_number
from inro.japanese.replacement import Document, replace_text
from inro.practice.errors import Refused


class NameSource(StrEnum):
    """Where a name was read, the source that decides first."""

    CERTIFICATE = "certificate"
    REGISTRY = "registry"
    NUMBER_PUBLICATION = "number_publication"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationName:
    """A name as a source writes it, and the day on which it was read there."""

    corporate_number: str
    name: str
    source: NameSource
    read_on: date


class NamesOfOtherNumbers(Refused):
    """Names of several Corporate Numbers, of a wrong one, or none at all, have no canonical name."""


class NameVerdict(StrEnum):
    """How two writings of an organization's name agree."""

    SAME = "same"
    SAME_REDUCED = "same_reduced"
    OTHER_FORM = "other_form"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameComparison:
    """A verdict, and where the two names first part: an index, None if they are the same."""

    verdict: NameVerdict
    parts_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """The name to certify, where it comes from, and how the application's differs from it."""

    name: str
    source: NameSource
    applied: NameComparison

    @property
    def warns(self) -> bool:
        """Whether the applicant must be told: the certificate will not show what the form says."""
        return self.applied.verdict is not NameVerdict.SAME


# Forms of companies as they are shortened; NFKC opens ㈱ and （株） to these.
_FORMS = {
    "(株)": "株式会社",
    "(有)": "有限会社",
    "(同)": "合同会社",
    "(資)": "合資会社",
    "(名)": "合名会社",
    "(社)": "社団法人",
    "(財)": "財団法人",
    "(一社)": "一般社団法人",
    "(一財)": "一般財団法人",
    "(公社)": "公益社団法人",
    "(公財)": "公益財団法人",
    "(特非)": "特定非営利活動法人",
    "(医)": "医療法人",
    "(学)": "学校法人",
    "(福)": "社会福祉法人",
    "(独)": "独立行政法人",
}
_FORM = re.compile("|".join(map(re.escape, _FORMS)))
_LONG_FORM = re.compile("|".join(sorted(set(_FORMS.values()), key=len, reverse=True)))
_DASHES = re.compile("[‐‑‒–—―−─]")
_SPACES = re.compile(r"\s+")
_POINTS = re.compile("[・･·•]")


def reduce_name(name: str) -> str:
    """Return a name without differences of width, space, dash, point, capitals or shortened company form."""
    plain = _POINTS.sub("・", _DASHES.sub("-", unicodedata.normalize("NFKC", name)))
    return _FORM.sub(_long_form, _SPACES.sub("", plain)).upper()


def without_company_form(name: str) -> str:
    """Return a name, reduced, without its company form; empty where nothing else is there."""
    return _LONG_FORM.sub("", reduce_name(name))


def enter_name(name: str) -> str:
    """Return a name with the characters that a certificate can show in place of the register's (8.9).

    What only a person can decide stays as it is.

    Raises: TextRefused for what is no text of a name.
    """
    units = replace_text(name, document=Document.REGISTRY).units
    return "".join(unit.replacement or unit.original for unit in units)


def reduce_registered_name(name: str) -> str:
    """Return a name reduced as `reduce_name` does, its characters replaced first as the register's (8.9).

    Raises: TextRefused for what is no text of a name.
    """
    return reduce_name(enter_name(name))


def compare_organization_names(
    *, left: str, right: str, reduced: Callable[[str], str] = reduce_name
) -> NameComparison:
    """Return how two names agree, compared as they are and after reduction, never raw alone (8.9).

    `reduced` may also replace characters as the registry's tables do: the NTA publishes names whose
    characters are reduced already. Names that differ by their company form or its place are a case by itself.
    """
    if left == right:
        return NameComparison(verdict=NameVerdict.SAME)
    place = _parting(left, right)
    one, other = reduced(left), reduced(right)
    if one == other:
        return NameComparison(verdict=NameVerdict.SAME_REDUCED, parts_at=place)
    if without_company_form(one) == without_company_form(other) != "":
        return NameComparison(verdict=NameVerdict.OTHER_FORM, parts_at=place)
    return NameComparison(verdict=NameVerdict.DIFFERENT, parts_at=place)


def canonical_name(names: Iterable[OrganizationName]) -> OrganizationName:
    """Return the one name of a Corporate Number: its certificates', else the register's, the NTA's.

    Among names of one source the latest holds; a register's name newer than the last certificate is a change
    of name, after which the certificates are revoked (15): whoever asks leaves those out.

    Raises: NamesOfOtherNumbers unless all names are of one valid Corporate Number.
    """
    known = tuple(names)
    numbers = {name.corporate_number for name in known}
    if len(numbers) != 1 or not all(map(is_corporate_number, numbers)):
        raise NamesOfOtherNumbers(numbers=tuple(sorted(numbers)))
    order = list(NameSource)
    return min(known, key=lambda name: (order.index(name.source), -name.read_on.toordinal(), name.name))


def name_to_certify(
    *, applied: str, canonical: OrganizationName, reduced: Callable[[str], str] = reduce_name
) -> NameUse:
    """Return the name for a certificate, and how the application differs from it (8.2, 8.6)."""
    comparison = compare_organization_names(left=applied, right=canonical.name, reduced=reduced)
    return NameUse(name=canonical.name, source=canonical.source, applied=comparison)


def _long_form(match: re.Match[str]) -> str:
    return _FORMS[match[0]]


def _parting(left: str, right: str) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(left), len(right)))
