"""What is deficient of a paper, as the letter to the applicant says it: Japanese only (8.4, 9.2)."""

from datetime import date

from inro.practice.deficiency import DeficiencyPoint
from inro.practice.editions import Terms
from inro.practice.enclosures import ISSUED_PAPERS
from inro.practice.intake import PaperFault, PaperPoint
from inro.words.states import word


def point_of(point: PaperPoint, terms: Terms) -> DeficiencyPoint:
    """Return what the applicant is told of a paper that is missing, too old or no original (8.4)."""
    item = word(point.kind, "ja")
    age = f"発行から{terms.paper_age_months}か月以内の" if point.kind in ISSUED_PAPERS else ""
    findings = {
        PaperFault.MISSING: "同封されていませんでした。",
        PaperFault.NO_ORIGINAL: "写しでした。原本が必要です。",
        PaperFault.TOO_OLD: _too_old(point, terms),
    }
    remedy = f"{item}（{age}原本）をお送りください。"
    return DeficiencyPoint(
        item=item, finding=findings[point.fault], remedy=remedy, clause=_cited(point.clause)
    )


def _too_old(point: PaperPoint, terms: Terms) -> str:
    issued, arrived, oldest = (_day(day) for day in (point.issued_on, point.arrived_on, point.oldest))
    return (
        f"発行日（{issued}）が古く、到着日（{arrived}）から{terms.paper_age_months}か月以内の"
        f"発行（{oldest}以降）ではありませんでした。"
    )


def _cited(clause: str) -> str:
    return clause or "9.2"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else "不明"
