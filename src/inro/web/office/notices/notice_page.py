"""One notice: what was sent to whom and why, every try, its history; doubts and failures end here (43)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inro.practice.acts import Act
from inro.practice.calendar import JST
from inro.practice.letters import LetterRefused
from inro.practice.notices import Channel
from inro.practice.sending import NoticeState
from inro.store.errors import Unknown
from inro.store.reads.notices import NoticeRecord, notice_content, notice_history, notice_record, tries_of
from inro.usecases.sending import handle_failure, resolve_notice
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_instant
from inro.web.office.letters.case import allows
from inro.web.office.timeline import timeline_days

_MEDIA = {
    Channel.EMAIL: ("message/rfc822", "eml"),
    Channel.FAX: ("application/pdf", "pdf"),
    Channel.WEB: ("text/plain; charset=utf-8", "txt"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_APPLICATION)
def notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Show a notice; say what became of one in doubt, or how a failed one was dealt with."""
    record = _found(notice)
    if request.method != "POST":
        return _show(request, record, [])
    try:
        _do(request, record)
    except REFUSALS as refusal:
        return _show(request, record, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("notice", args=[notice]))


@require_safe
@needs(Act.VIEW_APPLICATION)
def content(request: HttpRequest, notice: int) -> HttpResponse:  # noqa: ARG001
    """Give the message as it is sent."""
    record = _found(notice)
    kept = notice_content(record.notice_id)
    if kept is None or record.channel not in _MEDIA:
        raise Http404
    media, ending = _MEDIA[record.channel]
    answer = HttpResponse(kept, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="notice-{record.notice_id}.{ending}"'
    return answer


def _do(request: HttpRequest, record: NoticeRecord) -> None:
    actor, now, reason = actor_of(request), clock.now(), text_of(request.POST, "reason")
    if text_of(request.POST, "do") == "handle":
        handle_failure(notice=record.notice_id, reason=reason, actor=actor, now=now)
        return
    answer = text_of(request.POST, "was_sent")
    if answer not in {"yes", "no"}:
        raise LetterRefused(field="was_sent", problem="missing")
    resolve_notice(
        notice=record.notice_id,
        was_sent=answer == "yes",
        sent_at=typed_instant(request.POST, "sent_at") if answer == "yes" else None,
        reason=reason,
        actor=actor,
        now=now,
    )


def _found(notice: int) -> NoticeRecord:
    try:
        return notice_record(notice)
    except Unknown as unknown:
        raise Http404 from unknown


def _show(
    request: HttpRequest, record: NoticeRecord, errors: list[Said], *, status: int = 200
) -> HttpResponse:
    tries = tries_of(record.notice_id)
    begun_at = tries[-1].begun_at.astimezone(JST).strftime("%Y/%m/%d %H:%M") if tries else ""
    context = {
        "place": "notices",
        "notice": record,
        "tries": tries,
        "days": timeline_days(notice_history(record)),
        "errors": errors,
        "has_content": record.channel in _MEDIA and notice_content(record.notice_id) is not None,
        "resolves": record.state is NoticeState.IN_DOUBT and allows(request, Act.RESOLVE_NOTICE),
        "handles": record.state is NoticeState.FAILED
        and record.handled_at is None
        and allows(request, Act.HANDLE_FAILURE),
        "was_sent": text_of(request.POST, "was_sent"),
        "sent_at": text_of(request.POST, "sent_at") or begun_at,
        "reason": text_of(request.POST, "reason"),
    }
    return render(request, "office/notices/notice.html", context, status=status)
