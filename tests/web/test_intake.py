"""The intake desk's pages over a real token, quarantine and store (8.4, 8.5, 40(7))."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern

from inro.paper.redaction import Box
from inro.paper.scan.page import picture_of
from inro.practice.application import ApplicationState
from inro.practice.enclosures import PaperKind
from inro.practice.events import EventKind
from inro.practice.intake import TrayReason
from inro.practice.permission import ACT_DUTIES
from inro.store.audit import chain_end
from inro.store.models import AuditRow, Document, Enclosure, Envelope, Redaction, ScanBatch
from inro.store.reads.application import application_by_number
from inro.store.reads.intake import documents_of
from inro.usecases.application import find, find_deficient
from inro.usecases.document import document_subject, stored_document
from inro.web.office.intake.pictures import page_of_kept
from inro.web.office.intake.tray import Search, Standing
from inro.web.office.intake.urls import urlpatterns
from tests import given
from tests.servers.families import until
from tests.web import scans
from tests.web.given_desk import RECORD_FIELDS, GivenDesk

NUMBER = "123456789018"


def numbers(count: int) -> list[str]:
    """Draft applications and return their numbers."""
    return [find(given.drafted()).number for _ in range(count)]


def kept_pages(desk: GivenDesk, number: str) -> list[tuple[PaperKind, int]]:
    case = application_by_number(number)
    return [(page.kind, page.page) for page in documents_of(case.application_id)]


def nothing_kept() -> None:
    assert (Document.objects.count(), Redaction.objects.count()) == (0, 0)


def record_batch(desk: GivenDesk, *, pages: int = 1):
    """A batch with a case's resident record behind its separator, registered in an envelope."""
    (number,) = numbers(1)
    rng = random.Random(7)
    records = [scans.record(rng) for _ in range(pages)]
    batch = desk.take(scans.pile([scans.separator(number), *records]))
    assert desk.register(batch, number, **RECORD_FIELDS).status_code == 302
    return number, batch


def redaction_of(batch, place: int = 2) -> str:
    return f"/intake/batches/{batch.number}/pages/{place}/redaction/"


def confirm(desk: GivenDesk, batch, do: str, *, place: int = 2, **fields):
    page = batch.pages[place - 1]
    return desk.post(redaction_of(batch, place), do=do, version=page.version, **fields)


BOX = {"left": "20", "top": "30", "right": "120.5", "bottom": "42"}


@pytest.mark.any_database
def test_forms_turned_and_noisy_are_all_filed_under_their_cases_in_one_confirm(desk):
    cases = numbers(6)
    rng = random.Random(3)
    batch = desk.take(*(scans.pile(scans.rough(scans.form(number), rng)) for number in cases))
    assert [page.number for page in batch.pages] == [number for number in cases for _ in range(2)]
    assert desk.file_forms(batch).status_code == 302
    for number in cases:
        assert kept_pages(desk, number) == [(PaperKind.APPLICATION_FORM, 1), (PaperKind.APPLICATION_FORM, 2)]
        assert application_by_number(number).state is ApplicationState.RECEIVED
    assert Envelope.objects.count() == len(cases)
    assert list(desk.crew.desk.room.quarantine.of_group(batch.number, now=given.NOW)) == []
    assert ScanBatch.objects.get().lost == 0


def test_a_resident_record_is_kept_only_as_a_person_confirmed_it(desk):
    number, batch = record_batch(desk)
    nothing_kept()
    assert desk.file_forms(batch).status_code == 302
    nothing_kept()
    assert confirm(desk, batch, "black_out", **BOX).status_code == 302
    case = application_by_number(number)
    (record,) = documents_of(case.application_id)
    word = Redaction.objects.get()
    assert (word.person, word.verdict, word.count) == ("mori", "blacked_out", 1)
    content = desk.crew.desk.room.store.get(
        stored_document(record), subject=document_subject(record.reference)
    )
    left, top, right, bottom = word.boxes[0]
    kept = picture_of(page_of_kept(content))
    assert kept.crop((left, top, right, bottom)).getextrema() == (0, 0)
    assert kept.getextrema() != (0, 0)
    assert batch.pages[1].standing is Standing.FILED
    assert list(desk.crew.desk.room.quarantine.of_group(batch.number, now=given.NOW)) == [batch.pages[0].held]


@pytest.mark.parametrize(
    ("do", "fields", "said"),
    [
        ("black_out", {}, "枠がありません"),
        ("none_there", {}, "頁全体を確認した印"),
        ("none_there", BOX | {"seen": "yes"}, "枠があります"),
        ("black_out", BOX | {"right": "10"}, "枠の数値が正しくありません"),
        ("black_out", BOX | {"left": "nan"}, "枠の数値が正しくありません"),
        ("black_out", BOX | {"left": "x"}, "枠の数値が正しくありません"),
    ],
)
def test_a_word_that_is_not_whole_keeps_nothing(desk, do, fields, said):
    _, batch = record_batch(desk)
    before = chain_end().seq
    answer = confirm(desk, batch, do, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    nothing_kept()
    assert chain_end().seq == before
    assert batch.pages[1].waits


def test_none_there_is_a_word_of_its_own(desk):
    _, batch = record_batch(desk)
    assert confirm(desk, batch, "none_there", seen="yes").status_code == 302
    assert Redaction.objects.get().verdict == "none_there"


def test_a_page_that_was_turned_meanwhile_is_looked_at_again(desk):
    _, batch = record_batch(desk)
    shown = batch.pages[1].version
    desk.post(f"/intake/batches/{batch.number}/pages/", do="right", place="2")
    answer = desk.post(redaction_of(batch), do="black_out", version=shown, **BOX)
    assert answer.status_code == 422
    nothing_kept()


@pytest.mark.any_database
def test_a_number_is_proposed_while_the_clerk_can_work_already(desk):
    _, batch = record_batch(desk)
    assert desk.visitor.get(redaction_of(batch)).status_code == 200
    desk.until(batch.number, lambda found: found.pages[1].search is Search.DONE)
    page = desk.visitor.get(redaction_of(batch)).content.decode()
    assert batch.pages[1].boxes
    assert page.count("data-reason=") == len(batch.pages[1].boxes)
    nothing_kept()


def test_every_page_of_a_record_is_confirmed_on_its_own(desk):
    number, batch = record_batch(desk, pages=2)
    assert confirm(desk, batch, "black_out", **BOX).url == redaction_of(batch, 3)
    assert confirm(desk, batch, "none_there", place=3, seen="yes").url == f"/intake/batches/{batch.number}/"
    assert kept_pages(desk, number) == [(PaperKind.RESIDENT_RECORD, 1), (PaperKind.RESIDENT_RECORD, 2)]
    assert Redaction.objects.count() == 2


def test_what_has_no_code_lies_in_the_tray_until_it_is_assigned_or_discarded(desk):
    (number,) = numbers(1)
    batch = desk.take(scans.pile([scans.record(random.Random(1)), scans.form(number)[0].resize((400, 560))]))
    assert {page.reason for page in batch.tray} == {TrayReason.NO_CODE, TrayReason.DAMAGED_CODE} or all(
        page.reason for page in batch.tray
    )
    path = f"/intake/batches/{batch.number}/pages/"
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    for fields, said in (
        ({"number": wrong, "kind": "seal_certificate", "place": "1"}, "検査文字が合いません"),
        ({"number": "A26-999999", "kind": "seal_certificate", "place": "1"}, "記録にありません"),
        ({"number": number, "place": "1"}, "種類を選んでください"),
        ({"number": number, "kind": "seal_certificate"}, "頁を選んでください"),
    ):
        answer = desk.post(path, do="assign", **fields)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert batch.pages[0].reason
    typed = number.replace("-", "").lower().translate(str.maketrans("0123456789a", "０１２３４５６７８９ａ"))
    desk.post(path, do="assign", number=typed[:-1], kind="seal_certificate", place="1")
    assert (batch.pages[0].number, batch.pages[0].kind) == (number, PaperKind.SEAL_CERTIFICATE)
    assert desk.post(path, do="discard", place="2").status_code == 422
    desk.post(path, do="discard", reason="unreadable", place="2")
    assert batch.pages[1].standing is Standing.DISCARDED
    assert AuditRow.objects.get(kind=EventKind.PAGE_DISCARDED).actor == "mori"
    desk.post(path, do="tray", place="1")
    assert batch.pages[0].reason is TrayReason.PUT_BACK


def test_a_page_is_turned_with_its_boxes(desk):
    batch = desk.take(scans.pile([scans.record(random.Random(1))]))
    before = batch.pages[0]
    desk.crew.desk._change(batch, 1, boxes=(Box(left=10, top=20, right=110, bottom=60),))
    desk.post(f"/intake/batches/{batch.number}/pages/", do="right", place="1")
    after = batch.pages[0]
    assert (after.width, after.height, after.version) == (before.height, before.width, before.version + 1)
    box = after.boxes[0]
    assert (box.left, box.top) == (before.height - 60, 10)
    assert (box.right, box.bottom) == (before.height - 20, 110)


def test_hostile_and_misnamed_files_are_refused_with_what_to_do(desk):
    (number,) = numbers(1)
    good = scans.pile(scans.form(number))
    batch = desk.take(
        b"%PDF-1.7 nonsense", b"", b"MZ program", good, names=("a.pdf", "b.pdf", "c.exe", f"{NUMBER}.tif")
    )
    assert batch.pages == []
    page = desk.visitor.get(f"/intake/batches/{batch.number}/").content.decode()
    for said in ("壊れています", "どれでもありません", "番号を消してください"):
        assert said in page
    assert NUMBER not in page
    assert not AuditRow.objects.filter(details__contains=NUMBER).exists()
    # The desk ends the batch in its own thread, once nothing of it waits.
    until(lambda: ScanBatch.objects.get().ended_at is not None)


def test_a_file_larger_than_allowed_is_refused_before_it_is_opened(desk):
    batch = desk.take(b"%PDF-" + b"0" * 17_000_000)
    assert "大きすぎます" in desk.visitor.get(f"/intake/batches/{batch.number}/").content.decode()
    assert batch.pages == []


def test_no_upload_writes_a_file(desk, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (number,) = numbers(1)
    before = _files(desk.home)
    batch = desk.take(scans.pile(scans.form(number)), b"0" * 6_000_000)
    assert len(batch.pages) == 2
    assert list(temporary.iterdir()) == []
    assert _files(desk.home) == before


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_pages_not_stored_in_time_are_lost_and_the_desk_says_scan_again(desk):
    (number,) = numbers(1)
    batch = desk.take(scans.pile(scans.form(number)))
    desk.clock.now += timedelta(minutes=61)
    desk.until(batch.number, lambda found: found.lost == 2)
    desk.until(batch.number, lambda found: found.ended)
    page = desk.visitor.get(f"/intake/batches/{batch.number}/").content.decode()
    assert "もう一度スキャンしてください" in page
    assert desk.visitor.get(f"/intake/batches/{batch.number}/pages/1/900.jpg").status_code == 404
    desk.file_forms(batch)
    nothing_kept()


def test_what_the_scanner_writes_comes_in_as_one_batch(desk):
    cases = numbers(2)
    folder = desk.crew.desk.room.scanner._folder
    # A file that is whole before the next one begins would be a batch of its own.
    piles = [scans.pile(scans.form(number)) for number in cases]
    for place, pile in enumerate(piles):
        (folder / f"{place}.tif").write_bytes(pile)
    until(lambda: desk.crew.desk.batches() != [])
    batch = desk.settled(desk.crew.desk.batches()[0].number)
    assert [page.number for page in batch.pages] == [number for number in cases for _ in range(2)]
    assert ScanBatch.objects.get().source == "scanner"
    assert list(folder.iterdir()) == []


def test_a_page_scanned_again_is_not_kept_twice(desk):
    (number,) = numbers(1)
    pile = scans.pile(scans.form(number))
    desk.file_forms(desk.take(pile))
    again = desk.take(pile)
    desk.file_forms(again)
    assert {page.reason for page in again.pages} == {TrayReason.FILED_BEFORE}
    assert Document.objects.count() == 2
    assert Enclosure.objects.count() == 1


def test_a_fax_is_registered_as_a_copy_and_receives_nothing(desk):
    (number,) = numbers(1)
    batch = desk.take(scans.pile(scans.form(number)))
    desk.file_forms(batch, way="fax", shelf="")
    assert not Enclosure.objects.get().original
    assert application_by_number(number).state is ApplicationState.DRAFTED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"shelf": ""}, "保管場所"),
        ({"arrived_on": "R8.13.1"}, "読み取れません"),
        ({"arrived_on": "R8.12.2"}, "今日より後"),
    ],
)
def test_forms_with_wrong_particulars_are_not_filed(desk, fields, said):
    (number,) = numbers(1)
    batch = desk.take(scans.pile(scans.form(number)))
    answer = desk.file_forms(batch, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Enclosure.objects.count() == 0
    nothing_kept()


def test_all_that_is_lacking_of_a_paper_is_said_at_once_and_nothing_is_registered(desk):
    (number,) = numbers(1)
    batch = desk.take(scans.pile([scans.separator(number), scans.record(random.Random(1))]))
    page = desk.register(batch, number).content.decode()
    for said in ("発行者", "発行日を入力", "原本の保管場所を入力"):
        assert said in page
    assert (Envelope.objects.count(), Enclosure.objects.count()) == (0, 0)


def test_an_envelope_shows_what_is_missing_and_too_old_and_takes_a_mended_case_back(desk):
    application = given.examining()
    number = find(application).number
    find_deficient(
        application=application, points=1, points_sha256="0" * 64, actor=given.EXAMINER, now=given.NOW
    )
    made = desk.post("/intake/envelopes/new/", arrived_on="2026/12/1", way="hand", note="窓口")
    answer = desk.post(
        made.url,
        do="add",
        number=number,
        kind="resident_record",
        pages="1",
        original="original",
        issuer="架空市長",
        issued_on="令和8年8月1日",
        shelf="B-2",
    )
    assert answer.status_code == 302
    page = desk.visitor.get(made.url).content.decode()
    for said in ("発行日が古い", "2026/09/01 以降", "登記事項証明書", "審査に戻す"):
        assert said in page
    desk.post(made.url, do="resubmit", case=number)
    assert application_by_number(number).state is ApplicationState.EXAMINING


def test_a_note_with_an_individual_number_is_refused(desk):
    answer = desk.post("/intake/envelopes/new/", arrived_on="2026/12/1", way="post", note=NUMBER)
    assert answer.status_code == 422
    assert Envelope.objects.count() == 0


def test_separator_sheets_are_a_pdf_that_files_what_lies_behind_them(desk):
    (number,) = numbers(1)
    answer = desk.visitor.post("/intake/separators/", {"number": number, "kind": ["resident_record"]})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert desk.post("/intake/separators/", number=number).status_code == 422


def test_documents_are_shown_after_a_purpose_is_recorded_to_that_clerk_only(desk):
    number, batch = record_batch(desk)
    confirm(desk, batch, "black_out", **BOX)
    path = f"/cases/{number}/documents/"
    reference = Document.objects.get().reference
    assert "目的を選んでください" in desk.visitor.get(path).content.decode()
    assert desk.post(path).status_code == 422
    assert not AuditRow.objects.filter(kind=EventKind.DATA_READ).exists()
    opened = desk.post(path, purpose="intake").url
    row = AuditRow.objects.get(kind=EventKind.DATA_READ)
    assert (row.actor, row.subject) == ("mori", f"application/{number}")
    query = opened.split("?")[1]
    shown = desk.visitor.get(opened).content.decode()
    assert "墨塗り 1 か所" in shown
    picture = desk.visitor.get(f"{path}{reference}/900.jpg?{query}&turns=1&zoom=150")
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Cache-Control"] == "no-store"
    assert desk.visitor.get(f"{path}{reference}/900.jpg").status_code == 404
    desk.post("/desk/", person="ishikawa")
    assert desk.visitor.get(f"{path}{reference}/900.jpg?{query}").status_code == 404


def test_every_page_of_the_desk_is_closed_without_a_clerk_and_to_other_duties(desk):
    batch = desk.take(b"nothing")
    desk.visitor.cookies.pop("inro_clerk")
    visited = 0
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        assert pattern.callback.act in ACT_DUTIES
        path = "/intake/" + str(pattern.pattern)
        for name, value in (
            ("<str:number>", batch.number),
            ("<str:case>", "A26-000001-0"),
            ("<int:place>", "1"),
            ("<int:width>", "112"),
        ):
            path = path.replace(name, value)
        answers = [desk.visitor.get(path), desk.visitor.post(path)]
        assert {answer.status_code for answer in answers} <= {302, 405}, path
        assert all(answer.url.startswith("/desk/") for answer in answers if answer.status_code == 302), path
        visited += 1
    assert visited == len(urlpatterns)
    desk.post("/desk/", person="nishimura")
    before = chain_end().seq
    answer = desk.visitor.get("/intake/")
    assert answer.status_code == 403
    assert "森" in answer.content.decode()
    assert desk.post("/intake/envelopes/new/", arrived_on="2026/12/1", way="post", note="").status_code == 403
    # The crew may end the batch meanwhile: there is nothing in it.
    recorded = AuditRow.objects.filter(seq__gt=before).exclude(kind=EventKind.BATCH_ENDED)
    assert set(recorded.values_list("kind", flat=True)) == {EventKind.ACT_REFUSED}


def test_a_forged_clerk_and_a_form_of_another_site_are_refused(desk):
    before = chain_end().seq
    forged = Client()
    forged.cookies["inro_clerk"] = "mori:forged"
    assert forged.get("/intake/").url.startswith("/desk/")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["inro_clerk"] = desk.visitor.cookies["inro_clerk"].value
    answer = strict.post("/intake/envelopes/new/", {"arrived_on": "2026/12/1", "way": "post", "note": ""})
    assert answer.status_code == 403
    assert "何も行っていません" in answer.content.decode()
    assert chain_end().seq == before
    assert Envelope.objects.count() == 0


def test_scripts_are_the_sites_own_and_none_is_in_a_page(desk):
    batch = desk.take(b"nothing")
    for path in ("/intake/", f"/intake/batches/{batch.number}/", "/intake/separators/", "/desk/"):
        answer = desk.visitor.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert " style=" not in answer.content.decode()
        assert " on" not in [part[:3] for part in answer.content.decode().split("<script")[1:]]


def test_where_the_token_is_not_open_the_desk_says_so(office):
    office.post("/desk/", {"person": "mori"})
    answer = office.get("/intake/")
    assert answer.status_code == 503
    assert "トークンを開いていない" in answer.content.decode()
