"""Where post to an applicant goes: the name on the papers and the resident record's address (17.4)."""

from collections.abc import Collection
from dataclasses import dataclass

from inro.practice.stated import StatedAddress, StatedForm
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import Application
from inro.store.reads.proxy import approved_proxy


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """One address for an envelope; `lines` without the postal code."""

    name: str
    postal_code: str
    lines: tuple[str, ...]
    organization: str = ""


def home_address(application: ApplicationId) -> PostalAddress:
    """Return the subscriber's address; the parcel bears the legal name, which is on the papers shown (17.4).

    Raises: Unknown.
    """
    form = _form(application)
    return _address(form.legal_name, form.home)


def home_addresses(applications: Collection[ApplicationId]) -> dict[ApplicationId, PostalAddress]:
    """Return the addresses of several subscribers by case; one whose form was disposed of has none (17.4)."""
    rows = Application.objects.filter(pk__in=applications, stated__isnull=False)
    forms = {pk: StatedForm.from_record(stated) for pk, stated in rows.values_list("pk", "stated") if stated}
    return {ApplicationId(pk): _address(form.legal_name, form.home) for pk, form in forms.items()}


def proxy_address(application: ApplicationId) -> PostalAddress | None:
    """Return the proxy recipient's address, or None where there is no proxy (17.4, 23, 24.1).

    Who was approved after examination takes the place of who was named on the application form.

    Raises: Unknown.
    """
    proxy = approved_proxy(application) or _form(application).proxy
    return _address(proxy.name, proxy.home) if proxy else None


def billing_address(application: ApplicationId) -> PostalAddress:
    """Return where the invoice goes: the billing address of the form, else the subscriber's (35.1).

    Raises: Unknown.
    """
    billing = _form(application).billing
    if billing is None:
        return home_address(application)
    return _address(billing.name, billing.address, organization=billing.organization)


def organization_address(application: ApplicationId) -> PostalAddress:
    """Return where post to the organization goes: its head office, to its representative (22.2, 25).

    Raises: Unknown where the certificate names none.
    """
    stated = _form(application).organization
    if stated is None:
        raise Unknown(what="organization", detail=f"{application} names none")
    name = f"{stated.representative_title}　{stated.representative_name}"
    return _address(name, stated.address, organization=stated.name)


def _form(application: ApplicationId) -> StatedForm:
    stated = Application.objects.filter(pk=application).values_list("stated", flat=True).first()
    if not stated:
        raise Unknown(what="application", detail=f"{application} has no form, or it was disposed of")
    return StatedForm.from_record(stated)


def _address(name: str, place: StatedAddress, organization: str = "") -> PostalAddress:
    return PostalAddress(
        name=name, postal_code=place.postal_code, lines=place.lines, organization=organization
    )
