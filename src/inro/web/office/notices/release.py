"""Letters by e-mail and fax, looked through and let go together by a member of the operating staff (43)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.configuration.paper_operator import operator_of
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.letters import TO_SEND, LetterRefused
from inro.practice.notices import Channel
from inro.store.reads.letters import LetterRecord, letter_by_number, letters_in
from inro.usecases.letters import print_letters
from inro.usecases.messages import Sender, ready_notice
from inro.usecases.sending import release_notices
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.case import case_of
from inro.web.office.letters.sheets import sheets_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One letter with whom it goes to; `goes` says that it can be let go from here."""

    letter: LetterRecord
    name: str
    recipient: str
    goes: bool


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.RELEASE_NOTICES)
def release(request: HttpRequest) -> HttpResponse:
    """List the letters that go by e-mail or fax; date those ticked today and let them go."""
    if request.method != "POST":
        return _show(request, [])
    try:
        _release(request)
    except REFUSALS as refusal:
        return _show(request, [said(refusal)], status=422)
    return HttpResponseRedirect(f"{reverse('notices')}?state=released")


def _release(request: HttpRequest) -> None:
    numbers = list(dict.fromkeys(request.POST.getlist("letter")))
    if not numbers:
        raise LetterRefused(field="letters", problem="none")
    actor, now = actor_of(request), clock.now()
    today = jst_date(now)
    # The hash that was looked at: a letter changed meanwhile is not let go.
    seen = {number: text_of(request.POST, f"seen-{number}") for number in numbers}
    records = [letter_by_number(number) for number in numbers]
    if any(record.content_sha256 != seen[record.number] for record in records):
        raise LetterRefused(field="letters", problem="changed")
    print_letters(
        printed=[sheets_for(record, dated_on=today) for record in records],
        dated_on=today,
        actor=actor,
        now=now,
    )
    own = sender()
    ready = []
    # Whom there is no contact for any more gets a letter by post: printing it has turned it there.
    going = [letter for letter in map(letter_by_number, numbers) if letter.channel is not Channel.POST]
    for letter in going:
        outgoing = _outgoing(letter)
        ready.append(
            ready_notice(
                outgoing.letter, name=outgoing.name, recipient=outgoing.recipient, sender=own, now=now
            )
        )
    if ready:
        release_notices(notices=ready, actor=actor, now=now)


def _outgoing(letter: LetterRecord) -> Outgoing:
    case, installation = case_of(letter.application_id), house().installation
    contact = case.record.form.contact if case.record.form else None
    ways = {
        Channel.EMAIL: contact.email if contact and installation.mail else "",
        Channel.FAX: contact.fax if contact and installation.fax else "",
    }
    recipient = ways.get(letter.channel, "")
    return Outgoing(
        letter=letter, name=case.name, recipient=recipient, goes=bool(recipient) and letter.case_waits
    )


def sender() -> Sender:
    """Return who sends the house's e-mails and faxes."""
    installation = house().installation
    mail = installation.mail
    return Sender(
        operator=operator_of(installation),
        address=mail.sender if mail else installation.operator.email,
        words=house().policy.notice_words,
    )


def _show(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    waiting = [_outgoing(one) for one in letters_in(TO_SEND) if one.channel is not Channel.POST]
    installation = house().installation
    context = {
        "place": "notices",
        "errors": errors,
        "waiting": waiting,
        "going": sum(1 for one in waiting if one.goes),
        "ticked": request.POST.getlist("letter"),
        "without": [
            channel
            for channel, place in ((Channel.EMAIL, installation.mail), (Channel.FAX, installation.fax))
            if place is None
        ],
    }
    return render(request, "office/notices/release.html", context, status=status)
