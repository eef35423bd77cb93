"""What the list of cases counts and by what it can be narrowed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from inro.practice.application import ApplicationState
from inro.practice.certificate import CertificateState
from inro.store.reads.cases import CaseLine

_AT_WORK = frozenset(
    {
        ApplicationState.RECEIVED,
        ApplicationState.EXAMINING,
        ApplicationState.DEFICIENT,
        ApplicationState.EXAMINED,
        ApplicationState.ACCEPTED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """One way to narrow the list; `name` stands in the address, `label` is a message id."""

    name: str
    label: str
    takes: Callable[[CaseLine], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A labelled number, with the address that shows what was counted."""

    label: str
    count: int
    address: str = ""
    chosen: bool = False


FILTERS = (
    CaseFilter(name="", label=gettext_noop("All"), takes=lambda _: True),
    CaseFilter(name="work", label=gettext_noop("At work"), takes=lambda line: line.state in _AT_WORK),
    CaseFilter(
        name="valid",
        label=gettext_noop("Valid"),
        takes=lambda line: line.certificate is CertificateState.VALID,
    ),
    CaseFilter(
        name="revoked",
        label=gettext_noop("Revoked"),
        takes=lambda line: line.certificate is CertificateState.REVOKED,
    ),
    CaseFilter(
        name="ended",
        label=gettext_noop("Expired or disposed of"),
        takes=lambda line: line.certificate in {CertificateState.EXPIRED, CertificateState.DISPOSED},
    ),
)


def chosen_filter(name: str) -> CaseFilter:
    """Return the filter an address names, or the one that takes all."""
    return next((item for item in FILTERS if item.name == name), FILTERS[0])


def filters(lines: Sequence[CaseLine], *, chosen: CaseFilter) -> list[Count]:
    """Return every filter with its address and how many cases it would show."""
    return [
        Count(
            label=gettext(item.label),
            count=sum(map(item.takes, lines)),
            address=f"?show={item.name}" if item.name else "?",
            chosen=item is chosen,
        )
        for item in FILTERS
    ]


def tiles(lines: Sequence[CaseLine]) -> list[Count]:
    """Return the figures above the list."""
    return [Count(label=gettext(item.label), count=sum(map(item.takes, lines))) for item in FILTERS[1:]]
