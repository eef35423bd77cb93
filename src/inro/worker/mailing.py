"""Notices by e-mail and fax: tried once each, then settled by the answer, by reports, or by nobody (43)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from inro.ports.errors import PortError
from inro.ports.mail import Outgoing, Reports, Sending
from inro.practice.notices import Channel
from inro.store.errors import Conflict
from inro.store.ids import NoticeId
from inro.store.reads.notices import notice_way
from inro.usecases.actor import Actor
from inro.usecases.sending import begin_try, doubt_open_tries, record_answer, record_report, try_again

_DO = "write it into inro.toml and start the worker again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """Through whom notices leave, where reports of them arrive, and the clock of this process."""

    channels: Mapping[Channel, Sending]
    reports: tuple[Reports, ...]
    actor: Actor
    clock: Callable[[], datetime]


def send_notice(*, mailing: Mailing, notice: NoticeId) -> None:
    """Try once to send a released notice; one that somebody tries, or settled, is left alone.

    Raises: PortError where no way is set up for it, Conflict where another worker was first.
    """
    channel = notice_way(notice)
    if channel not in mailing.channels:
        raise PortError(f"[{'mail' if channel is Channel.EMAIL else 'fax'}]", "not set up", _DO)
    tried = begin_try(notice=notice, actor=mailing.actor, now=mailing.clock())
    if tried is None:
        return
    outgoing = Outgoing(key=tried.message_id, recipient=tried.recipient, content=tried.message)
    answer = mailing.channels[channel].send(outgoing)
    record_answer(tried=tried.try_id, answer=answer, actor=mailing.actor, now=mailing.clock())


def settle(*, mailing: Mailing) -> tuple[PortError | Conflict, ...]:
    """Take in reports, put in doubt what has no known end, try again what was put off; return what waits.

    Raises: StoreError.
    """
    failures: list[PortError | Conflict] = []
    for place in mailing.reports:
        try:
            for report in place.waiting():
                record_report(report=report, actor=mailing.actor, now=mailing.clock())
                place.put_away(report)
        except (PortError, Conflict) as failure:
            # The report stays where it is, for the next pass.
            failures.append(failure)
    doubt_open_tries(actor=mailing.actor, now=mailing.clock())
    try_again(actor=mailing.actor, now=mailing.clock())
    return tuple(failures)
