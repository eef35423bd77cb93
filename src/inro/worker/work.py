"""One pass of the worker: what the ledger says has come, then the effects acts left (6.1, 24.2, 26.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inro.ports.errors import PortError
from inro.practice.platform_obligations import PlatformFacts
from inro.store.errors import Conflict
from inro.store.ids import NoticeId
from inro.store.reads.revocation import ListRecord
from inro.usecases.night import Night, run_night
from inro.usecases.outbox import perform_with, run_pending
from inro.worker.documents import publish_edition_text
from inro.worker.mailing import Mailing, send_notice, settle
from inro.worker.publication import Publisher, publish_lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one pass did; `waiting` is why tasks are tried again in the next."""

    night: Night
    lists: tuple[ListRecord, ...]
    waiting: tuple[PortError | Conflict, ...]


def work(
    *,
    publisher: Publisher,
    platform: Callable[[], PlatformFacts],
    now: datetime,
    mailing: Mailing | None = None,
) -> Done:
    """Do everything that is there to be done at `now`; `platform` says what of the platform itself ends.

    Without `mailing` by a house that sends its notices by hand.

    Raises: StoreError; Refused where a rule stands against an effect.
    """
    published: list[ListRecord] = []

    def publish_list(*, list_id: int) -> None:  # noqa: ARG001 - the newest list stands for every older one
        published.extend(publish_lists(publisher=publisher, now=now))

    sending = mailing or Mailing(channels={}, reports=(), actor=publisher.actor, clock=lambda: now)

    def try_notice(*, notice_id: int) -> None:
        send_notice(mailing=sending, notice=NoticeId(notice_id))

    def publish_text(*, text: int) -> None:
        publish_edition_text(text=text, publisher=publisher, now=now)

    night = run_night(platform=platform, actor=publisher.actor, now=now)
    unsettled = settle(mailing=sending)
    perform_with({"publish_list": publish_list, "publish_text": publish_text, "send_notice": try_notice})
    performed = run_pending()
    waiting = (*(() if night.waiting is None else (night.waiting,)), *unsettled, *performed.waiting)
    return Done(night=night, lists=tuple(published), waiting=waiting)
