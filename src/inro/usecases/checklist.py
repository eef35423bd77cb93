"""The examining officer's verdict on one item of the checklist, by compare-and-set (9.1, 9.2, 46)."""

import hashlib
from datetime import datetime
from typing import Any

from inro.japanese.number_detector import holds_forbidden_number
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct
from inro.practice.checklist import Checklist, Verdict, VerdictRefused
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId
from inro.store.models import ItemVerdict, ShownChecklist
from inro.store.reads.examination import ExaminedItem, examined_items
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import step, subject

LONGEST_REASON = 400
LONGEST_READING = 300


def record_verdict(
    *,
    application: ApplicationId,
    item: str,
    verdict: Verdict,
    shown_sha256: str,
    version: int,
    checklist: Checklist,
    actor: Actor,
    now: datetime,
    reason: str = "",
    read: str = "",
) -> int:
    """Record what the officer finds of an item, as it was shown; return the verdict's new version (9.1).

    `version` is that of the verdict the officer saw, 0 for none, `shown_sha256` the hash of what was shown:
    where either is no longer so, nothing is done. `read` is what the officer reads from the paper. The
    reason's hash goes into the log, the reason into the letter (9.2).

    Raises: DutyMissing, VerdictRefused, NumberInText, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.RECORD_VERDICT)
    reason, read = reason.strip() if verdict is Verdict.DEFICIENT else "", read.strip()
    _check_texts(item, reason=(reason, LONGEST_REASON), read=(read, LONGEST_READING))
    with act(actor=actor, now=now) as doing:
        # First: until the end of this act nobody concludes the examination, and nobody judges meanwhile.
        number = step(application, ApplicationAct.RECORD_VERDICT).number
        _check(_asked(application, item, checklist), verdict, reason, shown_sha256)
        kept = keep_checklist(checklist.as_record(), now=now)
        columns = {"checklist": kept, "verdict": verdict, "reason": reason, "read": read}
        columns |= {"shown_sha256": shown_sha256, "person": actor.name, "at": now}
        _write(application, item, version, columns)
        doing.record(
            EventKind.EXAMINATION_POINT_RECORDED,
            subject=subject(number),
            item=item,
            verdict=verdict.value,
            version=version + 1,
            shown_sha256=shown_sha256,
            checklist_sha256=kept.sha256,
            **_hashes(reason=reason, read=read),
        )
    return version + 1


def _asked(application: ApplicationId, item: str, checklist: Checklist) -> ExaminedItem:
    found = next((one for one in examined_items(application, checklist) if one.item == item), None)
    if found is None:
        raise Unknown(what="item", detail=item)
    return found


def _check(examined: ExaminedItem, verdict: Verdict, reason: str, shown_sha256: str) -> None:
    examined.asked.check(verdict, reason)
    if verdict is Verdict.FIT and examined.stop is not None:
        raise VerdictRefused(item=examined.item, problem=examined.stop.value)
    if examined.shown_sha256 != shown_sha256:
        raise Conflict(what="item", detail=f"{examined.item} no longer shows what was judged")


def _write(application: ApplicationId, item: str, version: int, columns: dict[str, Any]) -> None:
    columns["version"] = version + 1
    rows = ItemVerdict.objects.filter(application_id=application, item=item)
    seen = rows.values_list("pk", "version").first()
    if seen is None and version == 0:
        ItemVerdict.objects.create(application_id=application, item=item, **columns)
        return
    if seen is None or seen[1] != version:
        raise Conflict(what="item", detail=f"{item} was judged by somebody else meanwhile")
    change(ItemVerdict, row=seen[0], expected={"version": version}, to=columns)


def keep_checklist(content: dict[str, Any], *, now: datetime) -> ShownChecklist:
    """Put a checklist on record, once, inside the act that rests on it."""
    sha256 = canonical_sha256(content)
    row, _ = ShownChecklist.objects.get_or_create(
        sha256=sha256, defaults={"content": content, "shown_at": now}
    )
    return row


def _check_texts(item: str, **texts: tuple[str, int]) -> None:
    for field, (text, longest) in texts.items():
        if len(text) > longest:
            raise VerdictRefused(item=item, problem=f"{field}_too_long")
        if holds_forbidden_number(text):
            raise NumberInText(field=field)


def _hashes(**texts: str) -> dict[str, str]:
    return {
        f"{field}_sha256": hashlib.sha256(text.encode()).hexdigest() for field, text in texts.items() if text
    }
