"""Ten years after the end of validity (28, 40(4))."""

from datetime import timedelta

from inro.demo.case import Case
from inro.demo.stage import Stage
from inro.practice.retention import certificate_retention


def dispose(stage: Stage, case: Case) -> None:
    """Dispose of a case once its ten years are over: what is of the person goes, proof of use stays."""
    certificate = case.certificate
    kept = certificate_retention(not_after=certificate.not_after, terms=stage.terms)
    stage.go_to(kept.day + timedelta(days=1), 9)
    number = case.number
    stage.make_lists()
    stage.office.dispose(application=case.application, now=stage.now)
    stage.papers.dispose(number)
    if case.certificate_file is not None:
        case.certificate_file.unlink()
        case.certificate_file = None
    stage.tell("40(4)", f"{number} 保存期間を終え廃棄（{kept.derivation()}）", "records disposed of")
