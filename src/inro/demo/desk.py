"""What the demonstration's clerks write down: findings, papers, letters (8, 21.2, 43)."""

import hashlib

from inro.practice.content import CertifiedContent
from inro.practice.deficiency import DeficiencyPoint
from inro.practice.enclosures import PaperKind
from inro.practice.examination import ExaminationFindings
from inro.practice.grounds import Ground, Invoker
from inro.practice.revocation import RequestWay, RevocationPaper
from inro.store.ids import CertificateId
from inro.store.reads.application import application_record
from inro.store.reads.certificate import certificate_record
from inro.usecases.notice import NoticeText
from inro.words.states import word


def flawless(*, proxy: bool) -> ExaminationFindings:
    """Return what the examination of a faultless application finds (8.1-8.6, 42.6)."""
    return ExaminationFindings(
        open_points=0,
        explanation_given=True,
        seals_affixed=True,
        applicant_consents=True,
        organization_consents=True,
        address_agrees=True,
        individual_number_visible=False,
        proxy_address_agrees=True if proxy else None,
    )


def stale_record(finding: str) -> DeficiencyPoint:
    """Return what an applicant is told whose resident record is too old (8.4, 9.2)."""
    return DeficiencyPoint(
        item=word(PaperKind.RESIDENT_RECORD, "ja"),
        finding=finding,
        remedy="交付から三か月以内のものをお送りください。",
        clause="8.4",
    )


def paper_by_post(certificate: CertificateId, ground: Ground) -> RevocationPaper | None:
    """Return the paper that brings a ground by post, or None where the CA acts on its own (21.2, 22.2)."""
    application = certificate_record(certificate).application_id
    if ground.invoker is Invoker.CA or application is None:
        return None
    content = CertifiedContent.from_record(application_record(application).content or {})
    return RevocationPaper(
        invoker=ground.invoker, form=ground.form, way=RequestWay.POST, name_on_form=content.name
    )


def text_of(template: str, letter: bytes) -> NoticeText:
    """Return a letter as the record names it: by template and hash."""
    return NoticeText(template=template, sha256=hashlib.sha256(letter).hexdigest())
