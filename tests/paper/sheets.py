"""Sheets of a fictional operator, as the tests of paper print them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from inro.configuration.notice_words import load_notice_words
from inro.paper.invoice import BankAccount, Invoice, InvoiceLine
from inro.paper.label import ParcelLabel, PostalMethod
from inro.paper.letters import (
    Deficiency,
    DeficiencyLetter,
    ExpiryNotice,
    RejectionLetter,
    ReminderLetter,
    RevocationNotice,
)
from inro.paper.mailer import PinMailer
from inro.paper.parties import Addressee, Operator
from inro.paper.revocation_letters import OriginalReminder, RevocationRefusal
from inro.paper.slip import ReceiptSlip
from inro.paper.statement import ContentStatement, StatementRow
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import Deadline, DeadlineKind, from_start, until_end
from inro.words.day_sums import counted

WORDS = load_notice_words(Path(__file__).parents[2] / "policy" / "notices")
VARIANT = "邉\U000e0100"
NAME = f"渡{VARIANT} 髙志"
OPERATOR = Operator(
    name="架空電子認証株式会社",
    service="電子入札用電子証明書サービス",
    postal_code="100-0000",
    address="東京都千代田区架空町一丁目2番3号",
    telephone="03-0000-0000",
    email="desk@ca.example",
    website="https://ca.example/",
    registration_number="T1234567890123",
)
RECIPIENT = Addressee(
    name=NAME,
    postal_code="371-0026",
    address=("群馬県前橋市架空町1丁目1番1号", "架空レジデンス304"),
    organization="株式会社𠮷田架空土木",
)


def due(kind: DeadlineKind, clause: str, *, since: date, days: int) -> Deadline:
    return until_end(kind=kind, clause=clause, day_sum=DaySum.of(since).plus_days(days))


SLIP_DUE = due(DeadlineKind.SLIP, "18.7", since=date(2026, 12, 1), days=20)
REMINDED = due(DeadlineKind.SLIP_AFTER_REMINDER, "18.7", since=date(2026, 12, 22), days=10)
REVOKED = from_start(
    kind=DeadlineKind.REVOCATION_WITHOUT_SLIP, clause="18.7", day_sum=REMINDED.day_sum.day_after()
)
MENDED = due(DeadlineKind.DEFICIENCY, "9.2", since=date(2026, 12, 3), days=20)
PAID = due(DeadlineKind.PAYMENT, "35.2", since=date(2026, 12, 2), days=30)
ROWS = (
    StatementRow(label="氏名", value="渡辺 高志"),
    StatementRow(label="企業等の名称", value="株式会社吉田架空土木", outside_accreditation=True),
)
MAILER = PinMailer(
    number="M26-000001-C",
    recipient=RECIPIENT,
    card_serial="494E524F00000017",
    application="A26-000001-K",
    printed_on=date(2026, 12, 1),
)
REMINDER = ReminderLetter(
    number="N26-000042",
    sent_on=date(2026, 12, 22),
    recipient=RECIPIENT,
    application="A26-000001-K",
    certificate_number="C26-000001",
    dispatched_on=date(2026, 12, 1),
    due_on=REMINDED.day,
    revocation_on=REVOKED.day,
    counted=counted(REMINDED, REVOKED),
)
REVOCATION = RevocationNotice(
    number="N27-000003",
    sent_on=date(2027, 1, 2),
    recipient=RECIPIENT,
    subscriber_name="渡辺 高志",
    certificate_number="C26-000001",
    serial="3F8A 21C4 77B0 9E5D 0A41 C2F3 6B18 D790 44AE 5512",
    revoked_at=datetime(2027, 1, 1, 15, 0, 12, tzinfo=UTC),
    ground="22.1(1)",
    ground_words="発送日から30日を過ぎても受領書が提出されないため",
)
REVOCATION_REFUSAL = RevocationRefusal(
    number="L26-000012-K",
    sent_on=date(2026, 12, 3),
    recipient=RECIPIENT,
    application="A26-000001-K",
    case="R26-000001-R",
    arrived_on=date(2026, 12, 1),
    form="失効依頼書",
    ground_words="企業等の依頼：所属しなくなった",
    reason="代表者印の印影が、印鑑証明書の印影と異なります。",
)
ORIGINAL_REMINDER = OriginalReminder(
    number="L26-000013-H",
    sent_on=date(2026, 12, 15),
    recipient=RECIPIENT,
    application="A26-000001-K",
    case="R26-000001-R",
    faxed_on=date(2026, 12, 1),
    papers=("失効申請書の原本", "失効申請書に添える書類"),
    revoked=True,
)
EXPIRY = ExpiryNotice(
    number="N27-000101",
    sent_on=date(2027, 10, 29),
    recipient=RECIPIENT,
    certificate_number="C26-000001",
    not_after=datetime(2027, 12, 31, 14, 59, 59, tzinfo=UTC),
)
DEFICIENCY = DeficiencyLetter(
    number="N26-000007",
    sent_on=date(2026, 12, 3),
    recipient=RECIPIENT,
    application="A26-000001-K",
    points=(
        Deficiency(
            item="利用申込書",
            finding="住所に部屋番号がありません。",
            remedy="住民票と同じ住所で作成し直してください。",
        ),
    ),
    due_on=MENDED.day,
    counted=counted(MENDED),
)
REJECTION = RejectionLetter(
    number="N26-000002",
    sent_on=date(2026, 12, 30),
    recipient=RECIPIENT,
    application="A26-000001-K",
    reason="期限までに住所を確認できる書類の提出がありませんでした。",
    clause="9.2",
)
SLIP = ReceiptSlip(
    number="S26-000001",
    application="A26-000001-K",
    certificate_number="C26-000001",
    card_serial="494E524F00000017",
    recipient=RECIPIENT,
    subscriber_name="渡辺 高志",
    dispatched_on=date(2026, 12, 1),
    due_on=SLIP_DUE.day,
    counted=counted(SLIP_DUE),
    rows=ROWS,
)
INVOICE = Invoice(
    number="I26-000001",
    issued_on=date(2026, 12, 2),
    delivered_on=date(2026, 12, 1),
    recipient=replace(RECIPIENT, name="経理部", honorific="御中"),
    lines=(InvoiceLine(description="電子入札用電子証明書 有効期間1年", quantity=1, unit_price=11_000),),
    tax_percent=10,
    tax=1_100,
    total=12_100,
    due_on=PAID.day,
    counted=counted(PAID),
    bank=BankAccount(
        bank="架空銀行", branch="架空町支店", kind="普通", number="0123456", holder="カクウ（カ"
    ),
)
LABEL = ParcelLabel(
    posted_on=date(2026, 12, 1),
    recipient=RECIPIENT,
    method=PostalMethod.RESTRICTED,
    application="A26-000001-K",
    parcel="P26-000001",
    contents=("ＩＣカード", "暗証番号通知書", "受領書"),
    tracking_number="123-45-67890-1",
)
STATEMENT = ContentStatement(
    number="X26-000001",
    made_on=date(2026, 12, 1),
    certificate_number="C26-000001",
    subscriber_name="渡辺 高志",
    sha256="ab12" * 16,
    rows=ROWS,
)
