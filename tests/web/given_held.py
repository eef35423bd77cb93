"""A list that the worker holds back, as the health page shows it."""

from datetime import datetime, timedelta

from inro.pki.crl import ListDraft, ListKind
from inro.pki.list_guard import Stop
from inro.usecases.publication import record_list, record_list_intent, record_stop
from tests import given


def held_back(*, now: datetime) -> None:
    """Have a part of the CRL signed and held back for being older than what is published."""
    draft = ListDraft(kind=ListKind.CRL, partition=3, number=812, tbs=b"tbs", sample=b"sample", count=5)
    actor = given.SIGNER
    record_list_intent(
        draft=draft, this_update=now, next_update=now + timedelta(hours=48), actor=actor, now=now
    )
    record_list(key=draft.key, number=draft.number, sha256="aa" * 32, size=3, actor=actor, now=now)
    record_stop(key=draft.key, number=draft.number, place=None, why=Stop.OLDER, actor=actor, now=now)
