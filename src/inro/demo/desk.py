"""What the demonstration's clerks write down: verdicts, papers, letters (8, 21.2, 43)."""

import hashlib
from datetime import datetime

from inro.practice.checklist import Checklist, Verdict
from inro.practice.content import CertifiedContent
from inro.practice.grounds import Ground, Invoker
from inro.practice.notice_words import NoticeWords
from inro.practice.revocation import RequestWay, RevocationPaper
from inro.store.ids import ApplicationId, CaseId, CertificateId
from inro.store.reads.application import application_record
from inro.store.reads.certificate import certificate_record
from inro.store.reads.examination import examined_items
from inro.store.reads.revocation import cases_of_certificate
from inro.store.states import RevocationState
from inro.usecases.actor import Actor
from inro.usecases.checklist import record_verdict
from inro.usecases.notice import NoticeText


def judge_fit(*, application: ApplicationId, checklist: Checklist, actor: Actor, now: datetime) -> None:
    """Find every item of a faultless application's checklist fit, where one is asked for (8, 9.1, 46)."""
    for one in examined_items(application, checklist):
        if not one.asked.verdicts:
            continue
        record_verdict(
            application=application,
            item=one.item,
            verdict=Verdict.FIT,
            shown_sha256=one.shown_sha256,
            version=one.given.version if one.given else 0,
            checklist=checklist,
            actor=actor,
            now=now,
        )


def opened_case(certificate: CertificateId, ground: str) -> CaseId | None:
    """Return the case that the night opened on a ground by itself, if it did (18.7)."""
    for case in cases_of_certificate(certificate):
        if (case.state, case.ground) == (RevocationState.REQUESTED, ground):
            return case.case_id
    return None


def paper_by_post(certificate: CertificateId, ground: Ground) -> RevocationPaper | None:
    """Return the paper that brings a ground by post, or None where the CA acts on its own (21.2, 22.2)."""
    application = certificate_record(certificate).application_id
    if ground.invoker is Invoker.CA or application is None:
        return None
    content = CertifiedContent.from_record(application_record(application).content or {})
    return RevocationPaper(
        invoker=ground.invoker, form=ground.form, way=RequestWay.POST, name_on_form=content.name
    )


def text_of(letter: bytes, words: NoticeWords) -> NoticeText:
    """Return a letter as the record names it: by its hash and by the words on it."""
    return NoticeText(
        template=words.kind.value,
        sha256=hashlib.sha256(letter).hexdigest(),
        edition=words.edition.isoformat(),
        words_sha256=words.sha256,
    )
