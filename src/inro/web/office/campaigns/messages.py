"""A campaign's lots of e-mails and faxes, looked through on one page and let go by a person (43.4)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inro.paper.announcements import Announcement, announcement_of
from inro.practice.acts import Act
from inro.practice.campaign import MESSAGE_WAYS, CampaignRefused, CampaignState
from inro.practice.notices import Channel
from inro.store.errors import Unknown
from inro.store.reads.campaign import BatchRecord, CampaignRecord, batch_record, letter_number
from inro.store.reads.campaign_messages import LotMessage, lot_messages
from inro.usecases.campaign_messages import prepare_campaign_messages, ready_message, send_campaign
from inro.web.office import clock
from inro.web.office.campaigns.acts import done
from inro.web.office.campaigns.campaign import found
from inro.web.office.campaigns.typed import items_typed
from inro.web.office.clerk import actor_of, needs
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.case import allows
from inro.web.office.notices.release import sender


@require_POST
@needs(Act.PREPARE_CAMPAIGN_MESSAGES)
def prepare(request: HttpRequest, number: str) -> HttpResponse:
    """Make the next lot of messages ready."""
    typed = text_of(request.POST, "channel")
    channel = Channel(typed) if typed in MESSAGE_WAYS else Channel.POST
    return done(
        request,
        number,
        lambda: prepare_campaign_messages(
            number=number,
            channel=channel,
            words=house().policy.notice_words,
            actor=actor_of(request),
            now=clock.now(),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.SEND_CAMPAIGN)
def messages(request: HttpRequest, number: str, batch: int) -> HttpResponse:
    """Show a lot as it would leave; let it go as it was seen."""
    record = found(number)
    lot = _lot(record, batch)
    if request.method != "POST":
        return _show(request, record, lot, [])
    try:
        _check_server(lot.channel)
        send_campaign(
            number=number,
            batch=batch,
            seen=text_of(request.POST, "seen"),
            by_post=items_typed(" ".join(request.POST.getlist("by_post"))),
            sender=sender(),
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, record, lot, [said(refusal)], status=409)
    return HttpResponseRedirect(reverse("campaign", args=[number]))


@require_safe
@needs(Act.SEND_CAMPAIGN)
def message(request: HttpRequest, number: str, batch: int, item: int) -> HttpResponse:  # noqa: ARG001
    """Give one message as it would leave now."""
    record = found(number)
    lot = _lot(record, batch)
    one = next((one for one in lot_messages(lot.batch_id) if one.item == item), None)
    if one is None or not one.content:
        raise Http404
    ready = ready_message(record, lot, one, sender=sender(), at=clock.now())
    fax = lot.channel is Channel.FAX
    answer = HttpResponse(ready.message, content_type="application/pdf" if fax else "message/rfc822")
    name = f"{number}-{item}.{'pdf' if fax else 'eml'}"
    answer.headers["Content-Disposition"] = f'{"inline" if fax else "attachment"}; filename="{name}"'
    return answer


def _lot(record: CampaignRecord, batch: int) -> BatchRecord:
    try:
        lot = batch_record(record.campaign_id, batch)
    except Unknown as unknown:
        raise Http404 from unknown
    if lot.channel not in MESSAGE_WAYS:
        raise Http404
    return lot


def _check_server(channel: Channel) -> None:
    installation = house().installation
    server = installation.mail if channel is Channel.EMAIL else installation.fax
    if server is None:
        raise CampaignRefused(field="channel", problem="no-server")


def _show(
    request: HttpRequest, record: CampaignRecord, lot: BatchRecord, errors: list[Said], *, status: int = 200
) -> HttpResponse:
    going = lot_messages(lot.batch_id)
    context = {
        "place": "campaigns",
        "record": record,
        "lot": lot,
        "messages": going,
        "first": _words(record, lot, going[0]) if going else "",
        "subject": _told(record, lot).told.subject,
        "sends": record.state is CampaignState.RELEASED
        and lot.postmark is None
        and allows(request, Act.SEND_CAMPAIGN),
        "ticked": request.POST.getlist("by_post"),
        "errors": errors,
    }
    return render(request, "office/campaigns/messages.html", context, status=status)


def _told(record: CampaignRecord, lot: BatchRecord) -> Announcement:
    own = sender()
    return announcement_of(record.subject, words=own.words[lot.kind], operator=own.operator)


def _words(record: CampaignRecord, lot: BatchRecord, one: LotMessage) -> str:
    return _told(record, lot).as_message(
        name=one.name,
        own=one.facts,
        number=letter_number(record.number, one.item),
        operator=sender().operator,
    )
