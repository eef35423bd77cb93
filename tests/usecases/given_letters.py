"""What tests of letters and proxy requests start from: letters in every state, requests, officers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from inro.practice.calendar import jst_date
from inro.practice.deficiency import DeficiencyPoint
from inro.practice.notices import Channel
from inro.practice.proxy import ProxyPoint, ProxyVerdict
from inro.practice.stated import StatedPerson
from inro.store.ids import ApplicationId, LetterId, ProxyRequestId
from inro.store.reads.letters import letter_record
from inro.usecases.deficiency import extend_deficiency
from inro.usecases.letter_sheets import letter_sheets
from inro.usecases.letters import (
    post_letters,
    print_letters,
    release_deficiency_letter,
    write_deficiency_letter,
)
from inro.usecases.printed_letter import PrintedLetter
from inro.usecases.proxy import DeficiencyCall, examine_proxy_request, receive_proxy_request
from tests import forms, given
from tests.paper.sheets import OPERATOR, WORDS

TODAY = jst_date(given.NOW)
POINTS = (
    DeficiencyPoint(
        item="利用申込書", finding="実印が押されていません。", remedy="実印を押してください。", clause="8.1"
    ),
    DeficiencyPoint(
        item="住民票の写し等", finding="同封されていませんでした。", remedy="お送りください。", clause="8.1"
    ),
)
FIT = dict.fromkeys(ProxyPoint, ProxyVerdict.FIT)
DEFICIENT = FIT | {ProxyPoint.PROXY_SEAL: ProxyVerdict.DEFICIENT}


def written(
    application: ApplicationId,
    *,
    points: Sequence[DeficiencyPoint] = POINTS,
    channel: Channel = Channel.POST,
    by: str = "p-exam",
    now: datetime = given.NOW,
) -> LetterId:
    """Return the draft of a deficiency letter."""
    return write_deficiency_letter(
        application=application, points=points, channel=channel, actor=given.person(by), now=now
    )


def released(application: ApplicationId, *, now: datetime = given.NOW, **how: Any) -> LetterId:
    """Return a deficiency letter to be printed; its case is deficient."""
    letter = written(application, now=now, **how)
    release_deficiency_letter(
        letter=letter,
        content_sha256=letter_record(letter).content_sha256,
        actor=given.EXAMINER,
        now=now,
    )
    return letter


def sheets(letter: LetterId, *, dated_on: date = TODAY) -> PrintedLetter:
    """Return a letter's sheets for a day."""
    return letter_sheets(
        letter_record(letter),
        dated_on=dated_on,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        words=WORDS,
        operator=OPERATOR,
    )


def printed(letter: LetterId, *, dated_on: date | None = None, now: datetime = given.NOW) -> LetterId:
    """Print a letter for a day, today if none is given."""
    day = dated_on or jst_date(now)
    print_letters(printed=[sheets(letter, dated_on=day)], dated_on=day, actor=given.DESK, now=now)
    return letter


def posted(application: ApplicationId, *, now: datetime = given.NOW, **how: Any) -> LetterId:
    """Return a deficiency letter that was posted today."""
    letter = printed(released(application, now=now, **how), now=now)
    post_letters(letters=[letter], postmark=jst_date(now), actor=given.DESK, now=now)
    return letter


def extended(
    application: ApplicationId, to: date, *, reason: str = "入院中のため", now: datetime = given.NOW
) -> None:
    """Give more time."""
    extend_deficiency(
        application=application,
        extended_to=to,
        reason=reason,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.EXAMINER,
        now=now,
    )


def asked_for_proxy(
    application: ApplicationId,
    *,
    proxy: StatedPerson = forms.PROXY,
    arrived_on: date = TODAY,
    reason: str = "入院のため",
    now: datetime = given.NOW,
) -> ProxyRequestId:
    """Return a request just taken in."""
    return receive_proxy_request(
        application=application,
        proxy=proxy,
        reason=reason,
        arrived_on=arrived_on,
        actor=given.EXAMINER,
        now=now,
    )


def examined(
    request: ProxyRequestId,
    *,
    verdicts: dict[ProxyPoint, ProxyVerdict] = FIT,
    by: str = "p-exam",
    now: datetime = given.NOW,
) -> ProxyRequestId:
    """Let an officer judge the points of a request."""
    examine_proxy_request(request=request, verdicts=verdicts, actor=given.person(by), now=now)
    return request


def call(*, at: datetime = given.NOW, said: str = "実印が違うことを伝えた") -> DeficiencyCall:
    """Return a call about what is deficient."""
    return DeficiencyCall(called_at=at, spoken_to="本人", said=said)
