"""A list as signer and publisher leave it: on record, in both halves of the repository (26.1, 39.4)."""

from datetime import datetime, timedelta

from inro.pki.crl import ListDraft, ListKey, ListKind
from inro.store.states import Place
from inro.usecases.publication import (
    record_list,
    record_list_intent,
    record_publication,
    record_published_revocations,
    record_read_back,
)
from tests import given

CRL = ListKey(ListKind.CRL)


def signed(*, now: datetime) -> None:
    """Put the first CRL on record."""
    draft = ListDraft(kind=ListKind.CRL, number=1, tbs=b"tbs", sample=b"sample", count=1)
    record_list_intent(
        draft=draft, this_update=now, next_update=now + timedelta(hours=48), actor=given.SIGNER, now=now
    )
    record_list(key=CRL, number=1, sha256="aa" * 32, size=3, actor=given.SIGNER, now=now)


def published(*, now: datetime) -> None:
    """Put it into both halves of the repository, and read it back."""
    for place in Place:
        record_publication(key=CRL, number=1, place=place, actor=given.SIGNER, now=now)
        record_read_back(key=CRL, number=1, place=place, actor=given.SIGNER, now=now)


def with_revocations(*, now: datetime) -> None:
    """Sign and publish it, and close the cases whose entries it holds."""
    signed(now=now)
    published(now=now)
    record_published_revocations(key=CRL, number=1, actor=given.SIGNER, now=now)
