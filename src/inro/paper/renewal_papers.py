"""What is posted before a certificate ends: the notice and the papers filled in, as one PDF (6.2, 8.11)."""

import io
from datetime import date

import pikepdf

from inro.paper.application_papers import render_papers
from inro.paper.letters import ExpiryNotice, render_expiry_notice
from inro.paper.parties import Addressee, Operator
from inro.practice.editions import Terms
from inro.practice.notice_words import NoticeWords
from inro.practice.stated import StatedBilling, StatedForm

_PAGES = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"


def render_renewal(
    *,
    form: StatedForm,
    number: str,
    made_on: date,
    edition: str,
    terms: Terms,
    operator: Operator,
    notice: ExpiryNotice | None,
    words: NoticeWords,
) -> bytes:
    """Return the notice, if there is one to give, and behind it forms, checklist and envelope label.

    Seal boxes are empty, as on any form. The same arguments give the same bytes.

    Raises: GlyphMissing, TextTooLong, FontMissing, SheetRefused.
    """
    papers = render_papers(
        form=form, number=number, made_on=made_on, edition=edition, terms=terms, operator=operator
    )
    if notice is None:
        return papers
    return joined(render_expiry_notice(letter=notice, words=words, operator=operator), papers)


def addressee_of(form: StatedForm, contact: StatedBilling | None) -> Addressee:
    """Return whom the papers go to: the contact person, or the applicant at home (8.11)."""
    if contact is None:
        return Addressee(name=form.legal_name, postal_code=form.home.postal_code, address=form.home.lines)
    return Addressee(
        name=contact.name,
        organization=contact.organization,
        postal_code=contact.address.postal_code,
        address=contact.address.lines,
    )


def joined(first: bytes, *others: bytes) -> bytes:
    """Return PDFs one after the other, as PDF/A-2b by the first one's description.

    Tags are left out: each file numbers its own, and PDF/A of level b needs none.
    """
    with pikepdf.open(io.BytesIO(first)) as joined:
        for other in others:
            with pikepdf.open(io.BytesIO(other)) as added:
                joined.pages.extend(added.pages)
        for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels"):
            if key in joined.Root:
                del joined.Root[key]
        for page in joined.pages:
            for key in ("/StructParents", "/Tabs"):
                if key in page.obj:
                    del page.obj[key]
        with joined.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as described:
            described[_PAGES] = str(len(joined.pages))
        out = io.BytesIO()
        joined.save(out, deterministic_id=True)
        return out.getvalue()
