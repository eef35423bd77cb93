"""How a day was computed, in words: each step of the sum, the clause first (9.2, 18.7, 24.2, 43)."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from inro.practice.calendar import JST
from inro.practice.day_sum import DaySum, Operation, Step
from inro.practice.deadlines import Deadline, DeadlineKind, Edge
from inro.words.clauses import clause_words

# What the first day of the sum is; where days are counted from it, it is not counted itself (Civil Code 140).
_COUNTED: Mapping[DeadlineKind, tuple[str, str]] = MappingProxyType(
    {
        DeadlineKind.DEFICIENCY: ("通知の到達", "arrival of the notice"),
        DeadlineKind.PROXY_DEFICIENCY: ("電話", "the call"),
        DeadlineKind.OBJECTION: ("発送", "dispatch"),
        DeadlineKind.SLIP: ("発送", "dispatch"),
        DeadlineKind.REMINDER: ("発送", "dispatch"),
        DeadlineKind.LATE_SLIP_POWER: ("発送", "dispatch"),
        DeadlineKind.SLIP_AFTER_REMINDER: ("督促の到達", "arrival of the reminder"),
        DeadlineKind.REVOCATION_WITHOUT_SLIP: ("督促の到達", "arrival of the reminder"),
        DeadlineKind.PARCEL_RETURN: ("発送", "dispatch"),
        DeadlineKind.ISSUING: ("審査終了", "the end of the examination"),
        DeadlineKind.ORIGINAL: ("ＦＡＸの受付", "receipt of the fax"),
        DeadlineKind.PAYMENT: ("請求", "the invoice"),
        DeadlineKind.UNPAID_POWER: ("請求", "the invoice"),
        DeadlineKind.DRAFT: ("最後の保存", "the last saving"),
        DeadlineKind.UNSETTLED_NOTICE: ("不達または結果不明となった日", "the day it failed or came in doubt"),
    }
)
_STARTS: Mapping[DeadlineKind, tuple[str, str]] = MappingProxyType(
    {
        DeadlineKind.EXPIRY_NOTICE: ("有効期間の満了日", "the last day of validity"),
        DeadlineKind.EXPIRY: ("有効期間の満了日", "the last day of validity"),
        DeadlineKind.RETENTION: ("有効期間の満了日または手続の終了日", "the end of validity or of the case"),
        DeadlineKind.STAY_REMINDER: ("在留期間の満了日", "the last day of the stay"),
        DeadlineKind.STAY_END: ("在留期間の満了日", "the last day of the stay"),
        DeadlineKind.CHANGE_NOTICE: ("新しい版の施行日", "the day the edition takes effect"),
        DeadlineKind.LIST_RENEWAL: ("直前の発行日", "the day of the last issue"),
        DeadlineKind.CERTIFICATE_RENEWAL: ("証明書の満了日", "the last day of the certificate"),
        DeadlineKind.TOKEN_SERVICE: ("装置の使用期限", "the last day of the device"),
        DeadlineKind.ACCREDITATION: ("認定の満了日", "the last day of the accreditation"),
        DeadlineKind.BACKUP: ("直前の複製の日", "the day of the last copy"),
        DeadlineKind.NIGHT_RUN: ("直前の処理の日", "the day of the last run"),
    }
)
_STEPS: Mapping[Operation, tuple[str, str]] = MappingProxyType(
    {
        Operation.START: ("{day}", "{day}"),
        Operation.ADD_DAYS: ("{amount:+d}日で{day}", "{amount:+d} day{s} {make} {day}"),
        Operation.ADD_MONTHS: ("{amount:+d}か月で{day}", "{amount:+d} month{s} {make} {day}"),
        Operation.CLEAR_DAYS_BEFORE: ("中{amount}日を置いて{day}", "{amount} clear day{s} before: {day}"),
        Operation.CLEAR_MONTHS_BEFORE: (
            "中{amount}か月を置いて{day}",
            "{amount} clear month{s} before: {day}",
        ),
        Operation.MONTH_END: ("月末の{day}", "end of the month: {day}"),
        Operation.MOVED_OFF_CLOSED_DAY: ("休業日のため翌営業日の{day}", "closed, so the next open day {day}"),
        Operation.DAY_AFTER: ("その翌日の{day}", "the day after: {day}"),
        Operation.LATER_THAN: ("（{other}）より前にはならず{day}", "not before ({other}): {day}"),
        Operation.EXTENDED_TO: ("延長により{day}", "extended by a person to {day}"),
    }
)


def sum_words(day_sum: DaySum, language: str) -> str:
    """Return the sum in `ja` or, for anything else, in English."""
    separator = "、" if language == "ja" else ", "
    return separator.join(_step(step, language) for step in day_sum.steps)


def deadline_words(deadline: Deadline, language: str) -> str:
    """Return clause and sum of a deadline in `ja` or, for anything else, in English."""
    steps = f"{_begun(deadline.kind, language)}{sum_words(deadline.day_sum, language)}"
    if deadline.edge is Edge.INSTANT:
        at = deadline.at.astimezone(JST)
        steps += f"{at:%H時%M分}" if language == "ja" else f", {at:%H:%M} JST"
    return _under(deadline.clause, steps, language) if deadline.clause else steps


def clause_sum_words(clause: str, day_sum: DaySum, language: str) -> str:
    """Return the clause and the sum of a day that is no deadline, as the end of validity (6.1)."""
    return _under(clause, sum_words(day_sum, language), language)


def _under(clause: str, steps: str, language: str) -> str:
    words = clause_words(clause, language)
    return f"約款{words}：{steps}" if language == "ja" else f"Terms {words}: {steps}"


def counted(*deadlines: Deadline) -> tuple[str, ...]:
    """Return how the days on a sheet were counted, a line each in Japanese and in English."""
    return tuple(deadline_words(one, language) for one in deadlines for language in ("ja", "en"))


def _begun(kind: DeadlineKind, language: str) -> str:
    counted, start = _COUNTED.get(kind), _STARTS.get(kind)
    if counted is not None:
        japanese, english = counted
        return (
            f"{japanese}の日（初日は数えない）"
            if language == "ja"
            else f"from the day of {english} (itself not counted), "
        )
    if start is None:
        return ""
    return f"{start[0]}" if language == "ja" else f"{start[1]}, "


def _step(step: Step, language: str) -> str:
    japanese, english = _STEPS[step.operation]
    is_one = abs(step.amount) == 1
    return (japanese if language == "ja" else english).format(
        day=day_words(step.day, language),
        amount=step.amount,
        s="" if is_one else "s",
        make="makes" if is_one else "make",
        other=sum_words(step.other, language) if step.other else "",
    )


def day_words(day: date, language: str) -> str:
    """Return a day as prose writes it."""
    return f"{day.year}年{day.month}月{day.day}日" if language == "ja" else day.isoformat()
