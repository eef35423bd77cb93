"""Which deficiencies the page offers: found, shown by the papers, then the policy's frequent ones (9.2).

The one place that knows where points come from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from inro.practice.checklist import Verdict
from inro.practice.deficiency import DeficiencyPoint
from inro.practice.enclosures import PaperKind
from inro.store.reads.examination import examination_result
from inro.web.office.house import house
from inro.web.office.intake.cases import desk_case
from inro.web.office.letters.case import LetterCase
from inro.words.deficiencies import point_of
from inro.words.states import word


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPoint:
    """One point that can be ticked; `found` says that the record itself shows it: ticked at first."""

    name: str
    kind: PaperKind
    label: str
    found: bool
    point: DeficiencyPoint


def offered_points(case: LetterCase) -> tuple[OfferedPoint, ...]:
    """Return the points for a case: found by examination, shown by the papers, then the frequent ones."""
    return (*_of_checklist(case), *_of_papers(case), *_of_policy())


def _of_checklist(case: LetterCase) -> Iterator[OfferedPoint]:
    language = get_language() or "ja"
    for one in examination_result(case.application_id).items if case.record.form else ():
        if one.verdict is not Verdict.DEFICIENT:
            continue
        item = word(one.paper, "ja")
        yield OfferedPoint(
            name=f"item-{one.item}",
            kind=one.paper,
            label=one.label if language == "ja" else one.asked.english,
            found=True,
            point=DeficiencyPoint(
                item=item,
                finding=one.reason,
                remedy=f"{item}を訂正して、または取り直して、お送りください。",
                clause=one.clause,
            ),
        )


def _of_papers(case: LetterCase) -> Iterator[OfferedPoint]:
    language = get_language() or "ja"
    for fault in desk_case(case.number).points:
        yield OfferedPoint(
            name=f"paper-{fault.kind}",
            kind=fault.kind,
            label=word(fault.fault, language),
            found=True,
            point=point_of(fault, case.terms),
        )


def _of_policy() -> Iterator[OfferedPoint]:
    place = 0 if get_language() == "ja" else 1
    for template in house().policy.deficiencies:
        yield OfferedPoint(
            name=template.name,
            kind=template.kind,
            label=template.label[place],
            found=False,
            point=DeficiencyPoint(
                item=word(template.kind, "ja"),
                finding=template.finding,
                remedy=template.remedy,
                clause=template.clause,
            ),
        )
