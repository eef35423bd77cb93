"""Whom a campaign is for, set by set: one statement finds everybody concerned and why some are left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from inro.japanese.organization_name import reduce_name
from inro.japanese.search_key import organization_search_key, search_key
from inro.practice.calendar import end_of_day, start_of_day
from inro.practice.campaign import LISTS_ONLY, NOTICES, CampaignKind, CampaignSubject, Exclusion, ItemState
from inro.practice.notices import CHANNELS, Channel, NoticeKind
from inro.practice.renewal import CAME_TO_NOTHING
from inro.store.models import Application, SearchKey
from inro.store.plain_sql import run

_CONTRACTS = (
    "store_application a LEFT JOIN store_certificate c ON c.application_id = a.id AND c.role = 'subscriber'"
)
_CONTACT = {
    "sqlite": "json_extract(a.stated, '$.contact.{field}')",
    "postgresql": "a.stated #>> '{{contact,{field}}}'",
}
# Which field of the form a way needs (40(5)).
_NEEDED = {Channel.EMAIL: "email", Channel.FAX: "fax"}
_STAY = {
    "sqlite": "json_extract(a.stated, '$.stay_ends')",
    "postgresql": "a.stated ->> 'stay_ends'",
}
_NOTHING = ", ".join(f"'{state.value}'" for state in sorted(CAME_TO_NOTHING))
_RENEWED = (
    "EXISTS (SELECT 1 FROM store_application r WHERE r.{column} = {row}.id "  # nosec B608
    f"AND r.state NOT IN ('drafted', 'printed', {_NOTHING}))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A piece of SQL written here, with its values."""

    sql: str
    values: Sequence[Any] = ()


def insert_items(*, campaign: int, subject: CampaignSubject, today: date) -> int:
    """Add all concerned who are not in the campaign yet, told or excluded; return how many items."""
    added = 0
    for notice in NOTICES[subject.kind]:
        added += _insert(campaign, subject, notice.kind, today)
        if notice.kind is NoticeKind.RENEWAL_KIT:
            added += _insert_past(campaign, subject, notice.kind)
    return added


def exclude_again(*, campaign: int, subject: CampaignSubject, items: Sequence[int], today: date) -> int:
    """Leave out who must no longer be told, among items that are planned; return how many that was."""
    why = _exclusion(subject, today)
    marks = ", ".join(["%s"] * len(items))
    return run(
        f"UPDATE store_campaignitem SET state = 'excluded', exclusion = e.why FROM "  # nosec B608
        f"(SELECT a.id AS case_id, {why.sql} AS why FROM {_CONTRACTS} WHERE a.id IN "
        f"(SELECT application_id FROM store_campaignitem WHERE id IN ({marks}))) AS e "
        "WHERE store_campaignitem.campaign_id = %s AND store_campaignitem.state = 'planned' "
        f"AND store_campaignitem.id IN ({marks}) "
        "AND store_campaignitem.application_id = e.case_id AND e.why IS NOT NULL",
        [*why.values, *items, campaign, *items],
    )


def _insert(campaign: int, subject: CampaignSubject, kind: NoticeKind, today: date) -> int:
    why, concerned = _exclusion(subject, today), _concerned(subject)
    channel = _channel(subject, kind)
    return run(
        "INSERT INTO store_campaignitem (campaign_id, application_id, kind, channel, state, exclusion) "  # nosec B608
        f"SELECT %s, e.id, %s, e.way, {_state('e')}, e.why FROM (SELECT a.id, {channel.sql} AS way, "
        f"{why.sql} AS why FROM {_CONTRACTS} WHERE {concerned.sql}) AS e "
        "WHERE NOT EXISTS (SELECT 1 FROM store_campaignitem i "
        "WHERE i.campaign_id = %s AND i.application_id = e.id AND i.kind = %s) ORDER BY e.id",
        [
            campaign,
            kind.value,
            *channel.values,
            *why.values,
            *concerned.values,
            campaign,
            kind.value,
        ],
    )


def _insert_past(campaign: int, subject: CampaignSubject, kind: NoticeKind) -> int:
    renewed = _RENEWED.format(column="past_id", row="p")
    return run(
        "INSERT INTO store_campaignitem (campaign_id, past_id, kind, channel, state, exclusion) "  # nosec B608
        f"SELECT %s, e.id, %s, %s, {_state('e')}, e.why FROM (SELECT p.id, CASE "
        f"WHEN p.stated IS NULL THEN '{Exclusion.DISPOSED}' "
        f"WHEN {renewed} THEN '{Exclusion.RENEWAL_UNDER_WAY}' END AS why "
        "FROM store_pastapplication p WHERE p.ends_on >= %s AND p.ends_on <= %s) AS e "
        "WHERE NOT EXISTS (SELECT 1 FROM store_campaignitem i "
        "WHERE i.campaign_id = %s AND i.past_id = e.id AND i.kind = %s) ORDER BY e.id",
        [campaign, kind.value, Channel.POST.value, subject.day, subject.until, campaign, kind.value],
    )


def _state(row: str) -> str:
    return f"CASE WHEN {row}.why IS NULL THEN '{ItemState.PLANNED}' ELSE '{ItemState.EXCLUDED}' END"


def _channel(subject: CampaignSubject, kind: NoticeKind) -> _Part:
    """Return which way each is told: the campaign's, or by post who gave no contact for it (40(5), 43.1).

    The same as `practice.notices.choose_way`, for everybody in one statement.
    """
    if subject.kind in LISTS_ONLY:
        return _Part(sql="CAST(NULL AS varchar(12))")
    # The form is paper, whatever way the notice goes (8.11).
    way = Channel.POST if kind is NoticeKind.RENEWAL_KIT else subject.channel
    if way not in _NEEDED:
        return _Part(sql="CAST(%s AS varchar(12))", values=[way.value])
    contact = _CONTACT[connection.vendor].format(field=_NEEDED[way])
    return _Part(
        sql=f"CASE WHEN {contact} <> '' THEN %s ELSE %s END", values=[way.value, CHANNELS[kind][0].value]
    )


def _concerned(subject: CampaignSubject) -> _Part:
    """Return who could be told at all: subscribers, or those of a window or an organization."""
    match subject.kind:
        case CampaignKind.RENEWAL:
            window = [_instant(start_of_day(subject.day)), _instant(end_of_day(subject.until or subject.day))]
            return _Part(sql="c.not_after >= %s AND c.not_after <= %s", values=window)
        case CampaignKind.STAY_END:
            stay = _STAY[connection.vendor]
            return _Part(
                sql=f"a.accepted_at IS NOT NULL AND {stay} >= %s AND {stay} <= %s",
                values=[subject.day.isoformat(), (subject.until or subject.day).isoformat()],
            )
        case CampaignKind.ORGANIZATION:
            cases = organization_cases(subject.organization)
            marks = ", ".join(["%s"] * len(cases)) or "NULL"
            return _Part(sql=f"a.accepted_at IS NOT NULL AND a.id IN ({marks})", values=cases)
    return _Part(sql="a.accepted_at IS NOT NULL")


def _exclusion(subject: CampaignSubject, today: date) -> _Part:
    """Return why a contract is left out, NULL for one that is told.

    A contract whose certificate ends before a change or a maintenance is not concerned by it. Of a
    discontinuation everybody is told who is a subscriber today, for it bears on whether to apply again.
    """
    ends = {CampaignKind.TERMS_CHANGE: subject.day, CampaignKind.MAINTENANCE: subject.day}
    before = _instant(start_of_day(ends.get(subject.kind, today)))
    renewed = _RENEWED.format(column="predecessor_id", row="a")
    also = (
        f"WHEN {renewed} THEN '{Exclusion.RENEWAL_UNDER_WAY}' "
        if subject.kind is CampaignKind.RENEWAL
        else ""
    )
    return _Part(
        sql=(
            f"CASE WHEN a.stated IS NULL THEN '{Exclusion.DISPOSED}' "
            f"WHEN a.state NOT IN ('accepted', 'issued') THEN '{Exclusion.NO_CERTIFICATE}' "
            f"WHEN c.state = 'revoked' THEN '{Exclusion.REVOKED}' "
            f"WHEN c.not_after < %s THEN '{Exclusion.ENDED}' "
            f"WHEN c.not_after < %s THEN '{Exclusion.ENDS_BEFORE}' {also}END"
        ),
        values=[_instant(start_of_day(today)), before],
    )


def organization_cases(typed: str) -> list[int]:
    """Return the cases of an organization, by Corporate Number or by name with company form (8.2, 15).

    Widths, variants of characters and the abbreviations of company forms make no difference; the form does.
    """
    if typed.isascii() and typed.isdigit():
        return list(SearchKey.objects.filter(corporate_number=typed).values_list("pk", flat=True))
    key, wanted = organization_search_key(typed), search_key(reduce_name(typed))
    if not key:
        return []
    candidates = SearchKey.objects.filter(names__contains=f"\n{key}\n").values_list("pk", flat=True)
    rows = Application.objects.filter(pk__in=candidates, stated__isnull=False).order_by("pk")
    return [pk for pk, *records in rows.values_list("pk", "stated", "content") if _is_of(records, wanted)]


def _is_of(records: Sequence[Any], wanted: str) -> bool:
    organizations = [(record or {}).get("organization") or {} for record in records]
    return any(search_key(reduce_name(one.get("name", ""))) == wanted for one in organizations)


def _instant(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
