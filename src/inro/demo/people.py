"""The demonstration's applicants: fictional people, companies and numbers, true to the kinds the terms know.

Postal codes and Corporate Numbers are well-formed and belong to nobody; every place is invented.
"""

from dataclasses import dataclass, field
from datetime import date

from inro.practice.calendar import add_months, month_end
from inro.practice.content import Authority, CertifiedContent, Organization, RomanAddress
from inro.practice.validity import ValidityPeriod
from inro.store.states import ApplicantKind

STAY_MONTHS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A character of the paper and the one that stands for it, with the table that says so (8.8–8.12)."""

    original: str
    printed: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A Japanese address as an envelope shows it (29)."""

    postal_code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One applicant of the story.

    `legal_name` is the name on the identity papers; the parcel bears it even where the certificate shows a
    former surname or an alias. `proxy` is the proxy recipient's name (17.4, 23).
    """

    key: str
    kind: ApplicantKind
    legal_name: str
    name_choice: str
    kana: str
    birth_date: date
    home: Place
    content: CertifiedContent
    period: ValidityPeriod
    what: str
    replacements: tuple[Replacement, ...] = ()
    proxy: str = ""
    proxy_home: Place | None = None
    stay_ends: date | None = None
    email: str = ""
    contact: str = ""
    points: tuple[str, ...] = field(default=())


def _corporate_number(base: str) -> str:
    """Return the 13 digits for a 12-digit company registration number (check digit by the Order of 2014)."""
    total = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(base)))
    return f"{9 - total % 9}{base}"


def _company(*, name: str, prefecture: str, city: str, street: str, base: str) -> Organization:
    return Organization(
        name=name,
        prefecture=prefecture,
        city=city,
        street=street,
        corporate_number=_corporate_number(base),
    )


def applicants(first_day: date) -> tuple[Applicant, ...]:
    """Return the eight applicants in the order in which their envelopes arrive, from `first_day` on."""
    return (
        _employee_with_authority(),
        _foreign_resident(stay_ends=month_end(add_months(first_day, STAY_MONTHS))),
        _sole_proprietor(),
        _rare_characters(),
        _slip_never_comes(),
        _lost_card(),
        _renewing(),
        _disposed_of(),
    )


def _employee_with_authority() -> Applicant:
    return Applicant(
        key="sato",
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        legal_name="佐藤　健一",
        name_choice="legal_name",
        kana="サトウ　ケンイチ",
        birth_date=date(1979, 4, 12),
        home=Place(postal_code="100-0099", lines=("東京都架空区見本町一丁目２番３号",)),
        content=CertifiedContent(
            subscriber_id="S000001",
            name="佐藤　健一",
            name_romaji="SATO KENICHI",
            address_romaji=RomanAddress(prefecture="Tokyo", city="Kakuu-ku", street="1-2-3 Mihoncho"),
            organization=_company(
                name="株式会社みほん建設",
                prefecture="東京都",
                city="架空区",
                street="見本町三丁目４番５号",
                base="010001999901",
            ),
            authorities=(
                Authority(
                    principal="代表取締役　見本　太郎",
                    system="電子入札",
                    text="入札、見積り及び契約の締結に関する一切の権限",
                ),
            ),
        ),
        period=ValidityPeriod.TWO_YEARS,
        what="社員、代理権あり / company employee with an authority",
        email="sato@mihon-kensetsu.example",
        contact="総務部",
    )


def _foreign_resident(*, stay_ends: date) -> Applicant:
    return Applicant(
        key="nakamura",
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        legal_name="ＮＧＵＹＥＮ　ＶＡＮ　ＡＮ",
        name_choice="alias",
        kana="ナカムラ　ヤスオ",
        birth_date=date(1990, 9, 3),
        home=Place(postal_code="530-0099", lines=("大阪府架空市北見本町２番８号", "見本荘２０１")),
        content=CertifiedContent(
            subscriber_id="S000002",
            name="中村　安男",
            name_romaji="NAKAMURA YASUO",
            organization=_company(
                name="有限会社なにわ舗装",
                prefecture="大阪府",
                city="架空市",
                street="北見本町２番１号",
                base="120002999902",
            ),
        ),
        period=ValidityPeriod.THREE_YEARS,
        what="外国人、通称名、受取代理人 / foreign resident with an alias and a proxy recipient",
        proxy="中村　美咲",
        proxy_home=Place(postal_code="530-0098", lines=("大阪府架空市南見本町５番６号",)),
        stay_ends=stay_ends,
    )


def _sole_proprietor() -> Applicant:
    return Applicant(
        key="tanaka",
        kind=ApplicantKind.SOLE_PROPRIETOR,
        legal_name="小林　由美",
        name_choice="former_surname",
        kana="タナカ　ユミ",
        birth_date=date(1985, 1, 28),
        home=Place(postal_code="980-0099", lines=("宮城県架空市青葉見本１１番地",)),
        content=CertifiedContent(
            subscriber_id="S000003",
            name="田中　由美",
            name_romaji="TANAKA YUMI",
            address_romaji=RomanAddress(prefecture="Miyagi", city="Kakuu-shi", street="11 Aobamihon"),
        ),
        period=ValidityPeriod.THREE_YEARS,
        what="個人事業主、旧姓、書類の不備を補正 / sole proprietor with a former surname, papers corrected",
        points=("住民票の写しの交付日が受付日の三か月より前である",),
        email="tanaka@example.jp",
    )


def _rare_characters() -> Applicant:
    return Applicant(
        key="takabe",
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        legal_name="髙邉\U000e0100　𠮷郎",
        name_choice="legal_name",
        kana="タカベ　ヨシロウ",
        birth_date=date(1968, 11, 7),
        home=Place(postal_code="460-0099", lines=("愛知県架空市中見本二丁目１０番１号",)),
        content=CertifiedContent(
            subscriber_id="S000004",
            name="高邉　吉郎",
            name_romaji="TAKABE YOSHIRO",
            organization=_company(
                name="株式会社高邉工務店",
                prefecture="愛知県",
                city="架空市",
                street="中見本二丁目１０番１号",
                base="180001999903",
            ),
        ),
        period=ValidityPeriod.FOUR_YEARS_TEN_MONTHS,
        what="字体の置換え 髙→高 𠮷→吉 邉→邉 / replaced characters",
        replacements=(
            Replacement(original="髙", printed="高", source="ＭＪ縮退マップ１．２．０"),
            Replacement(original="𠮷", printed="吉", source="ＭＪ縮退マップ１．２．０"),
            Replacement(original="邉\U000e0100", printed="邉", source="異体字の区別を外した基底文字"),
        ),
    )


def _slip_never_comes() -> Applicant:
    return Applicant(
        key="kimura",
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        legal_name="木村　浩",
        name_choice="legal_name",
        kana="キムラ　ヒロシ",
        birth_date=date(1972, 6, 30),
        home=Place(postal_code="730-0099", lines=("広島県架空市西見本町７番７号",)),
        content=CertifiedContent(
            subscriber_id="S000005",
            name="木村　浩",
            name_romaji="KIMURA HIROSHI",
            organization=_company(
                name="木村土木株式会社",
                prefecture="広島県",
                city="架空市",
                street="西見本町７番１号",
                base="240001999904",
            ),
        ),
        period=ValidityPeriod.FOUR_YEARS_TEN_MONTHS,
        what="受領書が届かない / the slip never comes",
    )


def _lost_card() -> Applicant:
    return Applicant(
        key="hasegawa",
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        legal_name="長谷川　桂子",
        name_choice="legal_name",
        kana="ハセガワ　ケイコ",
        birth_date=date(1981, 3, 3),
        home=Place(postal_code="060-0099", lines=("北海道架空市北三条見本１丁目",)),
        content=CertifiedContent(
            subscriber_id="S000006",
            name="長谷川　桂子",
            name_romaji="HASEGAWA KEIKO",
            organization=_company(
                name="有限会社長谷川造園",
                prefecture="北海道",
                city="架空市",
                street="北三条見本２丁目",
                base="430002999905",
            ),
        ),
        period=ValidityPeriod.FOUR_YEARS_TEN_MONTHS,
        what="カードの紛失、失効申請 / a lost card, revocation application",
    )


def _renewing() -> Applicant:
    return Applicant(
        key="suzuki",
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        legal_name="鈴木　大輔",
        name_choice="legal_name",
        kana="スズキ　ダイスケ",
        birth_date=date(1988, 12, 24),
        home=Place(postal_code="810-0099", lines=("福岡県架空市東見本六丁目１番",)),
        content=CertifiedContent(
            subscriber_id="S000007",
            name="鈴木　大輔",
            name_romaji="SUZUKI DAISUKE",
            organization=_company(
                name="鈴木電設工業株式会社",
                prefecture="福岡県",
                city="架空市",
                street="東見本六丁目２番",
                base="290001999906",
            ),
        ),
        period=ValidityPeriod.TWO_YEARS,
        what="有効期限通知と更新 / expiry notice and renewal",
        contact="工事部",
    )


def _disposed_of() -> Applicant:
    return Applicant(
        key="yamamoto",
        kind=ApplicantKind.COMPANY_EMPLOYEE,
        legal_name="山本　修",
        name_choice="legal_name",
        kana="ヤマモト　オサム",
        birth_date=date(1959, 8, 15),
        home=Place(postal_code="900-0099", lines=("沖縄県架空市見本９番地の１",)),
        content=CertifiedContent(
            subscriber_id="S000008",
            name="山本　修",
            name_romaji="YAMAMOTO OSAMU",
            organization=_company(
                name="株式会社うるま測量",
                prefecture="沖縄県",
                city="架空市",
                street="見本１０番地",
                base="360001999907",
            ),
        ),
        period=ValidityPeriod.ONE_YEAR,
        what="満了から十年後の廃棄 / disposal ten years after the end of validity",
    )
