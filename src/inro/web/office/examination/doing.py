"""What the buttons of the examination page do; each ends in one use case (8.2, 9.1, 40(7))."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from inro.practice.checklist import Verdict, VerdictRefused
from inro.practice.intake import NumberInText, ReadingPurpose
from inro.practice.transitions import ActNotAllowed
from inro.store.errors import Conflict
from inro.store.reads.application import ApplicationRecord
from inro.store.reads.examination import ExaminedItem, examined_items
from inro.usecases.actor import Actor
from inro.usecases.application import begin_examination
from inro.usecases.checklist import record_verdict
from inro.usecases.corporate_register import LoadedRegister, confirm_corporate_number
from inro.usecases.document import view_documents
from inro.web.office.case_documents import opened_token
from inro.web.office.examination.rows import Typed
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.words.examination import verdict_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a button: what is wrong, whether somebody else was first, which address comes next.

    `typed` is what was not saved, by item: it is shown again.
    """

    errors: list[Said] = field(default_factory=list)
    conflict: bool = False
    query: str = ""
    typed: dict[str, Typed] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The answer's status."""
        return 409 if self.conflict else 422 if self.errors else 200


def begin(request: HttpRequest, case: ApplicationRecord, *, actor: Actor, now: datetime) -> Done:
    """Take the case into examination, or back into it, and open its documents."""
    try:
        begin_examination(application=case.application_id, actor=actor, now=now)
    except REFUSALS as refusal:
        return _refused(refusal)
    return open_documents(request, case, actor=actor, now=now)


def open_documents(request: HttpRequest, case: ApplicationRecord, *, actor: Actor, now: datetime) -> Done:
    """Open the case's documents, which is recorded first."""
    try:
        view_documents(
            application=case.application_id, purpose=ReadingPurpose.EXAMINATION, actor=actor, now=now
        )
    except REFUSALS as refusal:
        return _refused(refusal)
    return Done(query=urlencode({"opened": opened_token(request, case.number)}))


def confirm_number(request: HttpRequest, case: ApplicationRecord, *, actor: Actor, now: datetime) -> Done:  # noqa: ARG001
    """Look the organization's Corporate Number up in the loaded register."""
    stated = case.form.organization if case.form else None
    if stated is None or stated.corporate_number is None:
        return Done()
    try:
        confirm_corporate_number(
            application=case.application_id,
            number=stated.corporate_number,
            name=stated.name,
            register=LoadedRegister(),
            actor=actor,
            now=now,
        )
    except REFUSALS as refusal:
        return _refused(refusal)
    return Done()


def save(request: HttpRequest, case: ApplicationRecord, *, actor: Actor, now: datetime) -> Done:
    """Record every verdict of the form that differs from the one on record; the others are told apart."""
    errors: list[Said] = []
    typed: dict[str, Typed] = {}
    conflict = False
    for one in examined_items(case.application_id, house().policy.checklist):
        try:
            if _differs(request, one):
                _record(request, case, one, actor, now)
        except (VerdictRefused, NumberInText) as refusal:
            errors.append(_said_of(one, refusal))
            typed[one.item] = _typed(request, one)
        except Conflict:
            conflict = True
            errors.append(_overtaken(case, one))
        except REFUSALS as refusal:
            return _refused(refusal)
    return Done(errors=errors, conflict=conflict, typed=typed)


def compare(request: HttpRequest, case: ApplicationRecord, *, actor: Actor, now: datetime) -> Done:  # noqa: ARG001
    """Compare addresses as typed from the papers, saving nothing."""
    items = examined_items(case.application_id, house().policy.checklist)
    typed = {one.item: _typed(request, one) for one in items if f"read-{one.item}" in request.POST}
    return Done(typed=typed)


def _typed(request: HttpRequest, one: ExaminedItem) -> Typed:
    return Typed(
        verdict=text_of(request.POST, f"verdict-{one.item}"),
        reason=text_of(request.POST, f"reason-{one.item}"),
        read=text_of(request.POST, f"read-{one.item}"),
    )


def _differs(request: HttpRequest, one: ExaminedItem) -> bool:
    post, given = request.POST, one.given
    verdict = text_of(post, f"verdict-{one.item}")
    if not verdict:
        return False
    if given is None or one.verdict is None or one.verdict.value != verdict:
        return True
    reason = _reason(request, one) if one.verdict is Verdict.DEFICIENT else ""
    return (reason, text_of(post, f"read-{one.item}")) != (given.reason, given.read)


def _record(
    request: HttpRequest, case: ApplicationRecord, one: ExaminedItem, actor: Actor, now: datetime
) -> None:
    post = request.POST
    typed, version = text_of(post, f"verdict-{one.item}"), text_of(post, f"version-{one.item}")
    if typed not in list(Verdict) or not version.isdecimal():
        raise VerdictRefused(item=one.item, problem="not_of_this_item")
    record_verdict(
        application=case.application_id,
        item=one.item,
        verdict=Verdict(typed),
        reason=_reason(request, one),
        read=text_of(post, f"read-{one.item}"),
        shown_sha256=text_of(post, f"shown-{one.item}"),
        version=int(version),
        checklist=house().policy.checklist,
        actor=actor,
        now=now,
    )


def _reason(request: HttpRequest, one: ExaminedItem) -> str:
    """Return the reason as typed, or else the template that was chosen."""
    chosen = text_of(request.POST, f"template-{one.item}")
    return text_of(request.POST, f"reason-{one.item}") or (chosen if chosen in one.asked.reasons else "")


def _refused(refusal: Exception) -> Done:
    return Done(errors=[said(refusal)], conflict=isinstance(refusal, Conflict | ActNotAllowed))


def _said_of(one: ExaminedItem, refusal: VerdictRefused | NumberInText) -> Said:
    language = get_language() or "ja"
    label = one.label if language == "ja" else one.asked.english
    if isinstance(refusal, VerdictRefused):
        field_ = f"reason-{one.item}" if refusal.problem == "no_reason" else f"item-{one.item}"
        return Said(words=f"{label}：{verdict_words(refusal, language)}", field=field_)
    return Said(words=f"{label}：{said(refusal).words}", field=f"{refusal.field}-{one.item}")


def _overtaken(case: ApplicationRecord, one: ExaminedItem) -> Said:
    """Say who judged an item meanwhile, or that what it shows has changed."""
    items = examined_items(case.application_id, house().policy.checklist)
    now = next((each for each in items if each.item == one.item), one)
    label = one.label if get_language() == "ja" else one.asked.english
    person = now.given.person if now.given else ""
    words = gettext(
        "%(label)s: somebody else judged this meanwhile, or it shows something else now (last: %(person)s)."
        " Look at it again; what you typed was not saved."
    )
    return Said(words=words % {"label": label, "person": person or "―"}, field=f"item-{one.item}")


ACTS: Mapping[str, Callable[..., Done]] = MappingProxyType(
    {
        "begin": begin,
        "open": open_documents,
        "confirm_number": confirm_number,
        "save": save,
        "compare": compare,
    }
)
