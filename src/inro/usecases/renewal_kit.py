"""The form of a renewal filled in, for the contact person, as one PDF (6.2, 8.11)."""

from dataclasses import dataclass
from datetime import date, datetime

from inro.configuration.editions import Edition
from inro.japanese.replacement_since import certified_outside_gate
from inro.paper.letters import ExpiryNotice
from inro.paper.parties import Addressee, Operator
from inro.paper.renewal_papers import addressee_of, render_renewal
from inro.practice.calendar import jst_date
from inro.practice.renewal import NotRenewable, RenewalObstacle, renewal_form
from inro.store.models import Application, PastApplication
from inro.store.reads.campaign import ItemRecord
from inro.store.reads.renewal import EarlierApplication, earlier_applications
from inro.usecases.actor import Actor
from inro.usecases.renewal import open_renewal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """One kit: whom it goes to, the number of the application that its form is, and its pages."""

    recipient: Addressee
    renewal: str
    pdf: bytes


def render_kit(
    *,
    item: ItemRecord,
    number: str,
    dated_on: date,
    edition: Edition,
    operator: Operator,
    actor: Actor,
    now: datetime,
) -> Kit:
    """Begin the renewal of an item's application, or print the one waited for; `number` is the letter's.

    Raises: DutyMissing, NotRenewable, RenewalUnderWay, GlyphMissing, TextTooLong, SheetRefused, FontMissing.
    """
    earlier = _earlier(item)
    form = renewal_form(earlier.form, number=earlier.number, on=jst_date(now))
    if certified_outside_gate(form):
        raise NotRenewable(number=earlier.number, obstacle=RenewalObstacle.OUTSIDE_GATE)
    opened = open_renewal(
        earlier=earlier,
        form=form,
        edition=edition.terms.edition,
        edition_sha256=edition.sha256,
        actor=actor,
        now=now,
    )
    recipient = addressee_of(earlier.form, earlier.contact)
    notice = ExpiryNotice(
        number=number,
        sent_on=dated_on,
        recipient=recipient,
        certificate_number=earlier.certificate_number,
        not_after=earlier.not_after,
        form_enclosed=True,
        subscriber_name=form.certificate_name,
    )
    pdf = render_renewal(
        form=form,
        number=opened.number,
        made_on=jst_date(opened.drafted_at),
        edition=edition.terms.edition,
        terms=edition.terms,
        operator=operator,
        notice=notice,
    )
    return Kit(recipient=recipient, renewal=opened.number, pdf=pdf)


def _earlier(item: ItemRecord) -> EarlierApplication:
    if item.application is not None:
        number = Application.objects.values_list("number", flat=True).get(pk=item.application)
    else:
        number = PastApplication.objects.values_list("number", flat=True).get(pk=item.past or 0)
    found = earlier_applications(number)
    return next(one for one in found if (one.application, one.past) == (item.application, item.past))
