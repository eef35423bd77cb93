"""A revoked certificate's card at the desks: kept back, called back, taken out of use, destroyed (22.1)."""

import pytest

from inro.paper.codes import sheet_payload
from inro.practice.card import CardState, MailerState
from inro.practice.packing import PackingState
from inro.store.models import CallBack, Card, Certificate, Mailer, Packing
from inro.store.reads.scanned import MAILER_CODE
from tests import given, posted
from tests.usecases import given_packing as made
from tests.web.test_revocation_desk import RevocationDesk, at, here, told

__all__ = ["at", "here"]


def revoked(desk: RevocationDesk) -> None:
    given.revoked(desk.desk.house, Certificate.objects.get(application=desk.application).pk)


def path(desk: RevocationDesk) -> str:
    return f"{desk.path}card/"


def test_a_packed_card_is_kept_back_taken_out_of_use_and_destroyed_by_its_keepers(here):
    packing = Packing.objects.get(pk=made.packed(here.application, tracking=posted.tracking()))
    made.listed(packing.pk)
    revoked(here)
    shown = here.get(f"{here.path}touched/", "mori")
    assert "封入済みの郵便物があります" in shown
    assert "封入の担当者がこの画面で差し止めます" in shown
    listed = here.get("/revocations/cards/", "fujita")
    assert here.number in listed
    assert "郵便物を差し止める" in listed
    assert given.CONTENT.name not in listed
    here.desk.sit("fujita")
    assert "任命されていません" in told(
        here.post(path(here), status=422, do="keep_back", packing=packing.number)
    )
    here.desk.sit("oka")
    here.post(path(here), do="keep_back", packing=packing.number)
    packing.refresh_from_db()
    assert packing.state == PackingState.OPENED
    here.post(path(here), status=422, do="keep_back", packing=packing.number)
    here.desk.sit("fujita")
    here.post(path(here), do="take_out")
    card, mailer = Card.objects.get(), Mailer.objects.get()
    assert (card.state, mailer.state) == (CardState.SPOILED, MailerState.SPOILED)
    assert "カードではありません" in told(here.post(path(here), status=422, do="destroy_card", card="0" * 16))
    here.post(path(here), do="destroy_card", card=card.serial.upper())
    here.desk.sit("tachibana")
    code = sheet_payload(kind=MAILER_CODE, number=mailer.number)
    assert "暗証番号通知書ではありません" in told(
        here.post(path(here), status=422, do="destroy_mailer", mailer="PM")
    )
    here.post(path(here), do="destroy_mailer", mailer=code)
    card.refresh_from_db(), mailer.refresh_from_db()
    assert (card.state, mailer.state) == (CardState.DESTROYED, MailerState.DESTROYED)
    assert "該当するカードはありません" in here.get("/revocations/cards/")


def test_a_card_on_its_way_is_called_back_and_what_the_post_answered_is_kept(here):
    posted.to_subscriber(here.application)
    here.enter("organization", ground="22.1(10)")
    shown = here.get(f"{here.path}touched/", "mori")
    assert "配達中です" in shown
    assert "取戻しを請求した日" in told(here.post(path(here), status=422, do="call_back", called_on=""))
    assert "今日以前" in told(here.post(path(here), status=422, do="call_back", called_on="2026/12/9"))
    here.post(path(here), do="call_back", called_on="2026/12/1")
    row = CallBack.objects.get()
    assert row.called_by == "mori"
    answer = {"do": "answer", "call_back": row.pk, "answered_on": "2026/12/1"}
    assert "郵便局の回答" in told(here.post(path(here), status=422, **answer))
    here.post(path(here), **answer, outcome="stopped")
    here.post(path(here), status=422, **answer, outcome="delivered")
    assert "配達を止めた" in here.get(path(here), "oka")
    parcel = row.parcel_id
    here.post(f"/dispatch/parcels/{parcel}/", reason="called_back", returned_on="2026/12/1")
    assert "発送せずに保管" in here.get(path(here))
    here.desk.sit("fujita")
    here.post(path(here), status=422, do="take_out")
    assert Card.objects.get().state == CardState.RETURNED


def test_the_dispatch_desk_says_why_a_card_waits(here):
    here.enter()
    shown = here.get("/dispatch/", "oka")
    assert "発送しない（失効の手続中）" in shown


@pytest.mark.parametrize("person", ["mori", "ishikawa", "nishimura", "fujita", "oka", "tachibana", "inoue"])
def test_who_has_to_do_with_the_card_sees_it(here, person):
    revoked(here)
    here.get(path(here), person)
    here.get("/revocations/cards/")


def test_what_was_never_issued_has_no_card_and_a_form_nobody_knows_does_nothing(here):
    here.desk.sit("oka")
    here.answer("/cases/A26-000000-0/revocation/card/", status=404)
    here.post(path(here), status=404, do="burn")
