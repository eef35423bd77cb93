"""All forms: number and code on every page, seals in their places, what each must say (5.4, 8, 21-23, 28)."""

import re
from dataclasses import replace
from datetime import date

import pytest
import segno
import zxingcpp
from PIL import Image, ImageOps

from inro.paper.application_papers import papers_of, render_checklist, render_envelope_label, render_papers
from inro.paper.codes import FORM_CODES, NO_NUMBER, PREFIXES, sheet_payload
from inro.paper.errors import SheetRefused
from inro.paper.form import BATCH, render_application_form, render_application_forms
from inro.paper.further_forms import render_authority_form, render_former_surname_form
from inro.paper.later_forms import LATER_FORMS, NOBODY, render_blank, render_revocation_application
from inro.paper.scan.code import SheetCode, read_code
from inro.paper.seals import SEAL_PLACES, Sealer
from inro.practice.enclosures import PaperKind, required_papers
from tests.forms import FORM, PROXY, SOLE, WHOLE
from tests.paper.forms import (
    APPLICATION,
    COMMON,
    DAY,
    FORMS,
    KNOWN,
    LATER,
    MARRIED,
    NUMBER,
    TERMS,
    VARIANT,
    pages_as_images,
    pixels,
)
from tests.paper.read_back import pages_of, text_of
from tests.paper.sheets import OPERATOR

SUBSCRIBER, REPRESENTATIVE, PROXY_SEAL = Sealer
SEALS = {
    PaperKind.APPLICATION_FORM: {SUBSCRIBER, REPRESENTATIVE, PROXY_SEAL},
    PaperKind.FORMER_SURNAME_FORM: {SUBSCRIBER},
    PaperKind.AUTHORITY_FORM: {SUBSCRIBER, REPRESENTATIVE},
    PaperKind.PROXY_FORM: {SUBSCRIBER, PROXY_SEAL},
    PaperKind.REVOCATION_APPLICATION: {SUBSCRIBER},
    PaperKind.REVOCATION_REQUEST: {REPRESENTATIVE},
    PaperKind.DISCLOSURE_REQUEST: {SUBSCRIBER},
}


@pytest.mark.parametrize("kind", FORMS)
def test_every_page_of_every_form_has_its_number_in_print_and_in_a_code_of_18_mm(kind):
    pdf = FORMS[kind]()
    images = pages_as_images(pdf)

    for page, image in enumerate(images, start=1):
        [code] = zxingcpp.read_barcodes(image)
        assert read_code(code.text) == SheetCode(
            kind=PREFIXES[kind], number=NUMBER, page=page, pages=len(images)
        )
        assert code.ec_level == "Q"
        side = code.position.top_right.x - code.position.top_left.x
        assert abs(side - pixels(18)) <= pixels(0.5)
    assert text_of(pdf).count(NUMBER) >= 2 * len(images)


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_printed_again_is_the_same_form_and_an_archive_document(kind):
    pdf = FORMS[kind]()

    assert pdf == FORMS[kind]()
    assert re.search(rb"pdfaid:part>2<.*pdfaid:conformance>B<", pdf, re.DOTALL)
    assert pages_of(pdf) == (2 if kind is PaperKind.APPLICATION_FORM else 1)


@pytest.mark.parametrize("kind", SEALS)
def test_seal_boxes_stand_within_half_a_millimetre_of_their_places(kind):
    page = pages_as_images(FORMS[kind]())[-1]

    for sealer, place in SEAL_PLACES.items():
        found = [
            _lies_on_a_line(page, place.x + dx, place.y + dy, across) for dx, dy, across in _edges(place)
        ]
        assert all(found) is (sealer in SEALS[kind]), (sealer, found)


def _edges(place):
    """Yield the middle of each edge from the box's corner, and whether the edge runs across the page."""
    half = place.side / 2 - 6
    return ((half, 0, True), (half, place.side, True), (0, half, False), (place.side, half, False))


def _lies_on_a_line(page: Image.Image, x: float, y: float, across: bool) -> bool:
    """Return whether a line's middle is within half a millimetre of a point, looking 2 mm around."""
    length, reach = pixels(4), pixels(2)
    left, top = pixels(x), pixels(y)
    box = (left, top - reach, left + length, top + reach)
    if not across:
        box = (left - reach, top, left + reach, top + length)
    strip = page.crop(box).resize((1, 2 * reach) if across else (2 * reach, 1), Image.Resampling.BOX)
    dark = [place for place, grey in enumerate(strip.tobytes()) if grey < 200]
    return bool(dark) and abs(sum(dark) / len(dark) - reach) <= pixels(0.5)


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_is_printed_within_12_mm_of_an_edge(kind):
    for page in pages_as_images(FORMS[kind]()):
        left, top, right, bottom = ImageOps.invert(page).getbbox()
        assert min(left, top, page.width - right, page.height - bottom) >= pixels(12)


def modules(payload: str, mask: int) -> list[bytes]:
    """Return the code's rows as another program draws them."""
    return [bytes(row) for row in segno.make_qr(payload, error="q", mask=mask).matrix]


@pytest.mark.parametrize("number", [NO_NUMBER, "A26-000001-K", "R26-987654-Z"])
def test_codes_are_those_of_another_program(number):
    payload = sheet_payload(kind="RA1", number=number, page=1, pages=2)
    image = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="Q").to_image(
        scale=1, add_quiet_zones=False
    )
    rows = [bytes(int(grey == 0) for grey in row) for row in memoryview(image).tolist()]
    assert rows in [modules(payload, mask) for mask in range(8)]


def test_the_prefix_of_a_code_names_one_kind_of_paper():
    assert set(FORMS) < set(FORM_CODES.values())
    assert len(PREFIXES) == len(FORM_CODES)
    assert all(re.fullmatch("[A-Z]{2}1", prefix) for prefix in FORM_CODES)


def test_the_application_form_states_what_the_certificate_will_show():
    text = text_of(FORMS[PaperKind.APPLICATION_FORM]())
    for part in (
        "渡辺吉子",
        "旧姓で記載します",
        MARRIED.romaji.replace(" ", ""),
        "1-2-3Mihoncho,Kakuu-ku,Tokyo",
        "商号・名称※",
        "本店所在地※",
        "当社が確認できたときに限り記載します",
        "1件（代理権登録申請書のとおり）",
        "戸籍統一文字情報",
        "第8条第8項",
        "12,100円（料金11,000円、消費税等1,100円）",
        "在留期間が満了したとき",
        f"約款（{TERMS.edition}）",
        "代表者印",
    ):
        assert part in text


def test_replaced_characters_are_shown_in_20_points_or_more():
    # A character of 20 points is 7 mm high; its ink, seen in the page, is hardly less than 5 mm.
    page = pages_as_images(FORMS[PaperKind.APPLICATION_FORM]())[0]
    text = text_of(FORMS[PaperKind.APPLICATION_FORM]())
    assert "書類の文字" in text
    assert VARIANT[0] in text
    rows = ImageOps.invert(page.crop((pixels(30), pixels(12), pixels(48), pixels(279)))).point(
        lambda grey: 255 if grey > 100 else 0
    )
    heights = [run for run in _runs(rows) if pixels(5) <= run <= pixels(9)]
    assert len(heights) >= 2


def _runs(image: Image.Image) -> list[int]:
    lengths, run = [], 0
    for row in range(image.height):
        if image.crop((0, row, image.width, row + 1)).getbbox():
            run += 1
        elif run:
            lengths.append(run)
            run = 0
    return lengths


def test_a_sole_proprietors_form_offers_neither_organization_nor_authority():
    text = text_of(render_application_form(form=SOLE, **APPLICATION))
    assert "個人事業主" in text
    assert "個人の印" in text
    assert "代表者印" not in text
    assert "代理権※" not in text
    assert papers_of(SOLE) == (
        PaperKind.APPLICATION_FORM,
        PaperKind.CHECKLIST,
        PaperKind.ENVELOPE_LABEL,
    )


def test_the_form_for_a_former_surname_shows_both_names():
    text = text_of(FORMS[PaperKind.FORMER_SURNAME_FORM]())
    for part in ("現在の氏名", "渡辺吉子", "戸籍謄本", "旧姓を記載します", "第21条第2項・第40条第4号"):
        assert part in text
    with pytest.raises(SheetRefused):
        render_former_surname_form(form=FORM, **COMMON)


def test_the_form_for_an_authority_shows_its_limit_and_last_day():
    limited = replace(MARRIED.authorities[0], limit="架空市の案件に限る", ends_on=date(2027, 3, 31))
    text = text_of(render_authority_form(form=replace(MARRIED, authorities=(limited,)), **COMMON))
    assert "制限架空市の案件に限る" in text
    assert "期限2027年3月31日" in text


def test_the_form_for_an_authority_shows_the_text_that_is_encoded():
    text = text_of(FORMS[PaperKind.AUTHORITY_FORM]())
    [authority] = MARRIED.authorities
    for part in (
        authority.text,
        authority.system,
        "代表取締役見本太郎",
        "手書きで記入や訂正を加えられません",
    ):
        assert part in text
    for form in (FORM, SOLE):
        with pytest.raises(SheetRefused):
            render_authority_form(form=form, **COMMON)


def test_the_proxy_form_says_that_the_deadline_does_not_move():
    text = text_of(FORMS[PaperKind.PROXY_FORM]())
    for part in (PROXY.name.replace("　", ""), "入院のため", "受領書の提出期限は延びません", "第23条第3項"):
        assert part in text
    assert "受取代理人の印鑑登録証明書" in text


def test_the_subscriber_ticks_one_of_twelve_reasons_on_the_form_and_names_the_certificates_name():
    text = text_of(FORMS[PaperKind.REVOCATION_APPLICATION]())
    for number, part in enumerate(
        (
            "事実と異なる",
            "変更が生じた",
            "紛失した",
            "盗難にあった",
            "暗証番号を紛失",
            "漏えい",
            "入力誤り",
            "危殆化",
            "利用を中止",
            "属さないこととなった",
            "権限を行使",
            "その他",
        ),
        start=1,
    ):
        assert re.search(rf"(?<!\d){number}[^\d]*?{part}", text), part
    for part in ("郵送に限り受け付けます", "原本と必要書類を必ず後から", "渡辺吉子", "C26-000001"):
        assert part in text


def test_the_organization_ticks_one_of_five_reasons():
    text = text_of(FORMS[PaperKind.REVOCATION_REQUEST]())
    for part in (
        "10利用者が当企業等に属さない",
        "11利用者が証明書を利用して",
        "12企業等の名称または本店",
        "13利用者が死亡した",
        "14その他",
        "株式会社みほん建設",
        "郵送に限り受け付けます",
        "渡辺吉子",
    ):
        assert part in text


def test_the_request_for_disclosure_states_fee_and_money_order():
    text = text_of(FORMS[PaperKind.DISCLOSURE_REQUEST]())
    for part in ("2,000円", "郵便為替", "6か月以内", "①利用申込書と添付書類", "訂正・削除", "第40条第4号"):
        assert part in text


@pytest.mark.parametrize("kind", LATER_FORMS)
def test_later_forms_are_printed_blank_too(kind):
    pdf = render_blank(kind, made_on=DAY, terms=TERMS, operator=OPERATOR)
    [image] = pages_as_images(pdf)
    [code] = zxingcpp.read_barcodes(image)
    assert read_code(code.text) == SheetCode(kind=PREFIXES[kind], number=NO_NUMBER)
    assert "番号は当社で記入" in text_of(pdf)


def test_only_later_forms_are_printed_blank():
    with pytest.raises(SheetRefused):
        render_blank(PaperKind.APPLICATION_FORM, made_on=DAY, terms=TERMS, operator=OPERATOR)


@pytest.mark.parametrize("form", [FORM, WHOLE, MARRIED, SOLE])
def test_the_checklist_has_every_required_paper_with_its_clause(form):
    text = text_of(render_checklist(form=form, **LATER))
    issued = [paper for paper in required_papers(form) if paper.is_issued]
    assert text.count("発行後3か月以内の原本") == len(issued)
    assert "個人番号（マイナンバー）の記載がないもの" in text
    positions = [text.index(step) for step in ("1印刷", "2押印", "3書類", "4封入", "5郵送")]
    assert positions == sorted(positions)


def test_the_label_has_both_addresses():
    text = text_of(render_envelope_label(form=MARRIED, **COMMON))
    for part in (OPERATOR.address, OPERATOR.postal_code, "御中", "申込書在中", MARRIED.home.street, NUMBER):
        assert part in text


def test_all_papers_of_an_application_are_one_pdf_in_order():
    pdf = render_papers(form=MARRIED, **APPLICATION)
    read = [zxingcpp.read_barcodes(page)[0].text[:3] for page in pages_as_images(pdf)]
    assert read == ["RA1", "RA1", "FS1", "AU1", "CL1", "EL1"]
    assert [FORM_CODES[prefix] for prefix in dict.fromkeys(read)] == list(papers_of(MARRIED))


def test_some_kinds_alone_are_printed_and_none_is_refused():
    pdf = render_papers(form=MARRIED, **APPLICATION, kinds={PaperKind.CHECKLIST})
    assert pdf == render_checklist(form=MARRIED, **LATER)
    with pytest.raises(SheetRefused):
        render_papers(form=FORM, **APPLICATION, kinds={PaperKind.AUTHORITY_FORM})


def test_a_mailing_is_printed_in_batches():
    rest = {name: value for name, value in APPLICATION.items() if name != "number"}
    numbered = ((f"A26-{count:06d}", FORM) for count in range(BATCH + 1))
    assert [pages_of(pdf) for pdf in render_application_forms(forms=numbered, **rest)] == [2 * BATCH, 2]


def test_many_forms_in_one_pdf_count_their_own_pages():
    numbered = [("A26-000001-K", FORM), ("A26-000002-L", SOLE), ("A26-000003-M", WHOLE)]
    rest = {name: value for name, value in APPLICATION.items() if name != "number"}
    [pdf] = render_application_forms(forms=numbered, **rest)
    read = [zxingcpp.read_barcodes(page)[0].text.rpartition(":")[0] for page in pages_as_images(pdf)]
    assert read == [f"RA1:{number}:{page}/2" for number, _ in numbered for page in (1, 2)]


@pytest.mark.parametrize("number", ["a26", "A26 1", "A" * 33, "A26:1"])
def test_a_number_that_no_code_can_say_is_refused(number):
    with pytest.raises(SheetRefused) as refusal:
        render_application_form(form=FORM, **{**APPLICATION, "number": number})
    assert refusal.value.field == "number"


def test_an_application_for_revocation_without_a_name_leaves_room_for_it():
    blank = text_of(render_revocation_application(subscriber=NOBODY, **LATER))
    known = text_of(render_revocation_application(subscriber=replace(KNOWN, name="渡辺　吉子"), **LATER))
    assert "渡辺吉子" not in blank
    assert "渡辺吉子" in known
