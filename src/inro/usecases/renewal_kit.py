"""The form of a renewal filled in, for the contact person, as one PDF (6.2, 8.11)."""

from dataclasses import dataclass
from datetime import date

from inro.configuration.editions import Edition
from inro.japanese.replacement_since import certified_outside_gate
from inro.paper.letters import ExpiryNotice
from inro.paper.parties import Addressee, Operator
from inro.paper.renewal_papers import addressee_of, render_renewal
from inro.practice.calendar import jst_date
from inro.practice.notice_words import NoticeWords
from inro.practice.renewal import NotRenewable, RenewalObstacle, renewal_form
from inro.practice.stated import StatedForm
from inro.store.models import Application, PastApplication
from inro.store.reads.campaign import ItemRecord
from inro.store.reads.renewal import EarlierApplication, earlier_applications
from inro.usecases.renewal import OpenedRenewal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """One kit: whom it goes to, and its pages."""

    recipient: Addressee
    pdf: bytes


def earlier_of(item: ItemRecord) -> EarlierApplication:
    """Return the application that an item is about, wherever it is kept.

    Raises: NotRenewable.
    """
    if item.application is not None:
        number = Application.objects.values_list("number", flat=True).get(pk=item.application)
    else:
        number = PastApplication.objects.values_list("number", flat=True).get(pk=item.past or 0)
    found = earlier_applications(number)
    return next(one for one in found if (one.application, one.past) == (item.application, item.past))


def kit_form(earlier: EarlierApplication, *, on: date) -> StatedForm:
    """Return the form to be printed, of characters that a certificate may have (8.7, 8.11).

    Raises: NotRenewable.
    """
    form = renewal_form(earlier.form, number=earlier.number, on=on)
    if certified_outside_gate(form):
        raise NotRenewable(number=earlier.number, obstacle=RenewalObstacle.OUTSIDE_GATE)
    return form


def render_kit(
    *,
    earlier: EarlierApplication,
    form: StatedForm,
    opened: OpenedRenewal,
    number: str,
    dated_on: date,
    edition: Edition,
    operator: Operator,
    words: NoticeWords,
) -> Kit:
    """Return a renewal's form under a notice to the contact person; `number` is the letter's (6.2, 8.11).

    Raises: GlyphMissing, TextTooLong, SheetRefused, FontMissing.
    """
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
        words=words,
    )
    return Kit(recipient=recipient, pdf=pdf)
