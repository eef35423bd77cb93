"""Pages of dispatch and receipt: each act from its form, what is wrong told beside it (17.4, 18, 24.1)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inro.paper.codes import sheet_payload
from inro.practice.calendar import start_of_day
from inro.practice.enclosures import PaperKind
from inro.practice.packing import ReturnReason
from inro.store.ids import ApplicationId, ParcelId
from inro.store.models import (
    Invoice,
    Mailer,
    Packing,
    Parcel,
    Reading,
    ReceiptObjection,
    ReceiptSlip,
    RevocationCase,
)
from inro.store.reads.letters import letters_of
from inro.store.reads.receipt import card_serial
from inro.usecases.dispatch import record_returned_parcel
from inro.usecases.document import register_document
from tests import given, posted
from tests.usecases import given_intake as intake
from tests.usecases import given_packing as made
from tests.web.applicant import problems, text_of
from tests.web.test_letters import Desk

DAY = timedelta(days=1)
TYPED = "2026/12/01"


@pytest.fixture
def desk(office, monkeypatch) -> Desk:
    return Desk(office, monkeypatch).sit("oka")


@pytest.fixture
def house(db) -> given.Office:
    return given.office()


@pytest.fixture
def case(house) -> ApplicationId:
    return posted.issued(house)


def scans(case: ApplicationId, *more: str) -> str:
    number = posted.number_of(case)
    slip = sheet_payload(kind="RS1", number=number)
    return "\r\n".join([card_serial(case), Mailer.objects.get(card__application=case).number, slip, *more])


def test_a_parcel_is_packed_listed_and_handed_over(desk, case):
    number = posted.number_of(case)
    assert "封入待ち 1" in desk.get("/dispatch/")
    led = desk.visitor.get("/dispatch/find/", {"code": card_serial(case)})
    path = f"/dispatch/pack/{number}/card/"
    assert led.url == path
    assert "ICカード" in desk.get(path)
    wrong = desk.post(path, status=422, scans=card_serial(case))
    assert "入っていません：暗証番号通知書、受領書" in problems(wrong)[0]
    assert "読取済" in text_of(wrong)
    assert "コードを読み取って" in problems(desk.post(path, status=422, scans=""))[0]
    assert "コードではありません" in text_of(desk.post(path, status=422, scans="nothing"))
    bad = posted.tracking("3")
    assert "先頭の数字が合いません" in problems(desk.post(path, status=422, scans=scans(case, bad)))[0]
    desk.post(path, scans=scans(case, posted.tracking()))
    packing = Packing.objects.get()
    assert posted.tracking()[:3] + "-" in desk.get("/dispatch/")
    listed = desk.post("/dispatch/", do="list", parcel=[packing.number], day=TYPED)
    assert desk.visitor.get(f"{listed.url}list.pdf").content.startswith(b"%PDF")
    assert "870円" in desk.get(listed.url)
    assert "今日以前" in text_of(desk.post(listed.url, status=422, do="hand_over", accepted_on="2026/12/2"))
    desk.post(listed.url, do="hand_over", accepted_on=TYPED)
    assert "引受済" in desk.get(listed.url)
    text = desk.get("/dispatch/")
    for part in ("郵便局にあるもの 1", "+10日で2026年12月11日"):
        assert part in text
    assert Reading.objects.filter(thing="letter_list", purpose="delivery").count() == 1


def test_labels_and_the_posts_file_are_of_the_parcels_ticked(desk, case):
    packing = Packing.objects.get(pk=made.packed(case))
    ticked = {"parcel": [packing.number], "day": TYPED, "first": "3"}
    assert desk.post("/dispatch/", status=200, do="labels", **ticked).content.startswith(b"%PDF")
    wrong = desk.post("/dispatch/", status=422, do="labels", **ticked | {"first": "11"})
    assert "ラベルの開始位置" in problems(wrong)[0]
    answer = desk.post("/dispatch/", status=200, do="file", **ticked)
    [_, line] = answer.content.decode("cp932").splitlines()
    assert packing.number in line
    assert "髙橋　花子" in line
    assert "選んで" in problems(desk.post("/dispatch/", status=422, do="file", day=TYPED))[0]
    no_number = desk.post("/dispatch/", status=422, do="list", **ticked)
    assert "引受番号のない" in problems(no_number)[0]


def test_numbers_come_in_by_file_or_every_line_is_told(desk, case):
    packing = Packing.objects.get(pk=made.packed(case))
    path = "/dispatch/numbers/"
    assert "取り込むファイル" in problems(desk.post(path, status=422))[0]
    bad = SimpleUploadedFile("numbers.csv", f"{packing.number},123\nX,1\n".encode())
    told = text_of(desk.post(path, status=422, file=bad))
    for part in (
        "1行目：引受番号が11桁の数字ではありません（123）",
        "2行目：この管理番号の郵便物はありません",
    ):
        assert part in told
    good = SimpleUploadedFile("numbers.csv", f"{packing.number},{posted.tracking()}\n".encode())
    desk.post(path, file=good)
    assert Packing.objects.get().tracking_number == posted.tracking()


def test_a_packed_parcel_is_opened_and_a_list_given_up(desk, case):
    packing = Packing.objects.get(pk=made.packed(case, tracking=posted.tracking()))
    listed = desk.post("/dispatch/", do="list", parcel=[packing.number], day=TYPED)
    desk.post(f"/dispatch/packed/{packing.number}/open/", status=422)
    desk.post(listed.url, do="give_up")
    desk.post(f"/dispatch/packed/{packing.number}/open/")
    assert "封入待ち 1" in desk.get("/dispatch/")
    assert "取止め" in desk.get(listed.url)


def test_what_comes_back_is_recorded_with_its_reason(desk, case):
    parcel = posted.to_subscriber(case)
    path = f"/dispatch/parcels/{parcel}/"
    assert "理由を選ぶ" in problems(desk.post(path, status=422, returned_on="2026/12/12"))[0]
    desk.post(path, reason="not_collected", returned_on="2026/12/12")
    text = desk.get("/dispatch/")
    for part in ("1回", "保管期間が過ぎた"):
        assert part in text
    assert "1回返戻" in desk.get(f"/dispatch/pack/{posted.number_of(case)}/card/")
    assert desk.visitor.get("/dispatch/parcels/999/").status_code == 404


def test_what_goes_into_a_parcel_is_printed(desk, case):
    number = posted.number_of(case)
    assert desk.visitor.get(f"/dispatch/pack/{number}/slip.pdf").content.startswith(b"%PDF")
    assert desk.visitor.get(f"/dispatch/pack/{number}/unopened.pdf").status_code == 404
    assert desk.visitor.get("/dispatch/find/", {"code": "zzzz"}).status_code == 404


@pytest.fixture
def on_its_way(case) -> ApplicationId:
    posted.to_subscriber(case)
    return case


def test_a_slip_is_scanned_compared_and_confirms(desk, on_its_way):
    number = posted.number_of(on_its_way)
    desk.sit("harada")
    assert "受領書待ち" in desk.get("/receipts/")
    code = sheet_payload(kind="RS1", number=number)
    path = f"/receipts/{number}/"
    assert desk.visitor.get("/receipts/slip/", {"slip": code}).url == path
    assert desk.visitor.get("/receipts/slip/", {"slip": number[:-2]}).url == path
    for typed in ("", "A26-999999-X", sheet_payload(kind="RA1", number=number)):
        assert desk.visitor.get("/receipts/slip/", {"slip": typed}).status_code == 422
    text = desk.get(path)
    for part in ("受領書の期限", "発送の日（初日は数えない）2026年12月1日、+20日で2026年12月21日"):
        assert part in text
    fields = {"do": "slip", "name_on_slip": "yes", "seal": "yes", "arrived_on": TYPED, "shelf": "R-02"}
    for lacking, words in (
        ({"shelf": ""}, "保管場所"),
        ({"seal": ""}, "印影"),
        ({"name_on_slip": ""}, "氏名"),
        ({"arrived_on": "2026/12/9"}, "今日より後"),
    ):
        assert words in problems(desk.post(path, status=422, **fields | lacking))[0]
    desk.post(path, **fields)
    assert "受領を確認" in desk.get(path)
    assert ReceiptSlip.objects.get().shelf == "R-02"
    found = text_of(desk.visitor.get("/receipts/", {"shelf": "r-0"}))
    assert "R-02" in found
    assert "受領確認済 2026/12/01" in desk.get("/receipts/")


def test_the_slips_seal_lies_beside_and_over_the_forms(desk, on_its_way):
    batch, into = intake.batch(), intake.envelope()
    for paper in (intake.form_paper(pages=1), intake.form_paper(kind=PaperKind.RECEIPT_SLIP, pages=1)):
        enclosure = intake.enclosed(into, on_its_way, paper)
        placed = intake.placed(enclosure, of=batch)
        register_document(placed=placed, actor=intake.CLERK, now=given.NOW)
    path = f"/receipts/{posted.number_of(on_its_way)}/"
    assert "<svg" not in desk.sit("harada").visitor.get(path).content.decode()
    opened = desk.post(f"{path}documents/").url
    assert Reading.objects.filter(thing="documents", purpose="delivery").exists()
    shown = desk.visitor.get(opened).content.decode()
    for part in (
        'viewBox="25 228 48 48"',
        'viewBox="148 230.8 46 46"',
        "translate(49.0 252.0) rotate(0.0) scale(1.000) translate(-171.0 -253.8)",
        'opacity="0.50"',
    ):
        assert part in shown, part
    moved = desk.visitor.get(
        opened.replace("#slip", "&x=5.5&y=nan&turn=12.34&size=900&opacity=30")
    ).content.decode()
    assert "translate(54.5 252.0) rotate(12.3) scale(2.000) translate(-171.0 -253.8)" in moved
    assert 'opacity="0.30"' in moved
    assert "<svg" not in desk.visitor.get(f"{path}?opened=forged").content.decode()


def test_a_slip_with_another_seal_is_parked(desk, on_its_way):
    path = f"/receipts/{posted.number_of(on_its_way)}/"
    desk.sit("harada").post(path, do="slip", name_on_slip="yes", seal="no", arrived_on=TYPED, shelf="R-02")
    assert "印影が登録印と一致する" in desk.get(path)
    slip = ReceiptSlip.objects.get()
    assert "印影が登録印と一致する" in text_of(desk.post(path, status=422, do="confirm", slip=slip.pk))


def test_doubts_park_the_slip_until_a_person_decides(desk, on_its_way):
    path = f"/receipts/{posted.number_of(on_its_way)}/"
    desk.sit("harada").post(path, do="doubts", contacted_on=TYPED)
    desk.post(path, do="slip", name_on_slip="yes", seal="yes", arrived_on=TYPED, shelf="R-03")
    text = desk.get(path)
    for part in ("疑義の申出により停止中", "保留", "未解決の疑義の申出がない"):
        assert part in text
    objection = ReceiptObjection.objects.get().pk
    desk.sit("nishimura")
    assert "選んで" in problems(desk.post(path, status=422, do="decide", objection=objection))[0]
    desk.post(path, do="decide", objection=objection, founded="no")
    desk.sit("harada").post(path, do="confirm", slip=ReceiptSlip.objects.get().pk)
    assert "受領を確認" in desk.get(path)


def test_late_doubts_are_admitted_by_a_person(desk, on_its_way):
    path = f"/receipts/{posted.number_of(on_its_way)}/"
    desk.at(start_of_day(posted.DAY + 25 * DAY))
    desk.sit("harada").post(path, do="doubts", contacted_on="2026/12/26")
    assert "期間後のため停止しない" in desk.get(path)
    desk.sit("nishimura").post(path, do="admit", objection=ReceiptObjection.objects.get().pk)
    text = desk.get(path)
    for part in ("期間後だが認めた", "疑義の申出により停止中"):
        assert part in text


def test_reminders_in_bulk_from_the_board_to_the_post(desk, house, on_its_way):
    other = posted.issued(house)
    posted.to_subscriber(other, number=9)
    numbers = [posted.number_of(on_its_way), posted.number_of(other)]
    early = desk.sit("ueno").post("/receipts/", status=422, do="remind", case=numbers)
    assert "督促の時期である" in text_of(early)
    day = posted.DAY + 21 * DAY
    desk.at(start_of_day(day))
    assert "督促が必要 2" in desk.get("/receipts/?view=remind")
    assert "督促する案件" in problems(desk.post("/receipts/", status=422, do="remind"))[0]
    desk.post("/receipts/", do="remind", case=numbers)
    assert "督促状の発送待ち" in desk.get("/receipts/")
    desk.post("/receipts/", status=422, do="remind", case=numbers)
    assert desk.post("/receipts/", status=200, do="labels", case=numbers, first="1").content[:4] == b"%PDF"
    letters = [letters_of(case)[0] for case in (on_its_way, other)]
    typed = f"{day:%Y/%m/%d}"
    named = [letter.number for letter in letters]
    pdf = desk.post("/letters/", status=200, do="print", letter=named, dated_on=typed)
    assert pdf.content.startswith(b"%PDF")
    assert desk.visitor.get(f"/letters/{named[0]}/1.png").status_code == 200
    desk.post("/letters/", do="post", letter=named, postmark=typed)
    text = desk.get("/receipts/?view=reminded")
    for part in ("督促済 2026/12/22", "2027/01/02"):
        assert part in text


def test_18_7_stands_as_mandatory_and_escalates_until_a_slip_comes(desk, on_its_way):
    number = posted.number_of(on_its_way)
    path = f"/receipts/{number}/"
    posted.remind(on_its_way, posted.DAY + 21 * DAY)
    due = posted.DAY + 32 * DAY
    desk.sit("mori").at(start_of_day(due - DAY))
    assert "失効が必要 0" in desk.get("/receipts/")
    for days, words in ((0, "本日期限"), (1, "1日超過"), (3, "決定者と監査人")):
        desk.at(start_of_day(due + days * DAY))
        assert words in desk.get("/receipts/")
        assert "見送ることはできません" in desk.get(path)
    assert "今回は見送る" not in desk.sit("nishimura").get(path)
    desk.sit("mori").post(path, do="open_case", ground="18.7")
    revocation = RevocationCase.objects.get()
    assert (revocation.ground, revocation.state) == ("18.7", "requested")
    stop = f"/cases/{number}/revocation/"
    assert "失効の審査者の確認を待っています" in desk.get(stop)
    closing = {"do": "refuse", "reason": "slip_not_overdue", "seen": f"{revocation.number}/requested"}
    refused = desk.sit("nishimura").post(stop, status=422, **closing)
    assert "受領書の受付も発送後20日以内の疑義の申出も記録にない" in text_of(refused)
    desk.sit("harada").post(
        path, do="slip", name_on_slip="yes", seal="yes", arrived_on="2027/01/05", shelf="R-09"
    )
    desk.sit("nishimura").post(stop, **closing)
    assert RevocationCase.objects.get().state == "refused"


def test_a_power_declined_is_proposed_again_on_new_facts_only(desk, on_its_way):
    path = f"/receipts/{posted.number_of(on_its_way)}/"
    desk.at(start_of_day(posted.DAY + 31 * DAY))
    text = desk.sit("nishimura").get(path)
    assert "発送から30日を過ぎても受領書が届かない" in text
    fields = {"do": "decline", "power": "22.1(1)", "facts": facts(desk, path)}
    assert "理由" in problems(desk.post(path, status=422, **fields, reason=""))[0]
    desk.post(path, **fields, reason="入院中と連絡があった")
    assert "失効させない理由" not in desk.get(path)
    assert "入院中と連絡があった" in desk.get(path)
    [parcel] = Parcel.objects.all()
    record_returned_parcel(
        parcel=ParcelId(parcel.pk),
        returned_on=posted.DAY + 31 * DAY,
        reason=ReturnReason.MOVED,
        actor=given.DESK,
        now=start_of_day(posted.DAY + 31 * DAY),
    )
    assert "失効させない理由" in desk.get(path)
    stale = desk.post(path, status=422, **fields, reason="もう一度")
    assert "先に別の操作が行われました" in text_of(stale)


def test_what_is_not_paid_is_proposed_to_the_deciding_officer(desk, on_its_way):
    number = posted.number_of(on_its_way)
    Invoice.objects.create(
        number="I26-000001-A",
        application_id=on_its_way,
        lines=[],
        amount=11_000,
        tax=1_100,
        total=12_100,
        registration_number="T1234567890123",
        issued_on=posted.DAY,
        due_on=posted.DAY + 10 * DAY,
    )
    desk.at(start_of_day(posted.DAY + 11 * DAY))
    assert "12,100円" not in desk.get("/receipts/")
    assert "12,100円" in desk.sit("nishimura").get("/receipts/")
    path = f"/receipts/{number}/"
    assert "支払期限を過ぎても入金がない" in desk.get(path)
    desk.post(path, do="decline", power="35.3", facts=facts(desk, path), reason="分割で支払うとの連絡")
    assert "12,100円" not in desk.get("/receipts/")
    assert "分割で支払うとの連絡" in desk.get(path)


def facts(desk: Desk, path: str) -> str:
    page = desk.visitor.get(path).content.decode()
    return page.split('name="facts" value="')[1].split('"')[0]
