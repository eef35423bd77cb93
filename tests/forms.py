"""Forms as applicants state them: a plain one, one with everything, a sole proprietor's."""

from dataclasses import replace
from datetime import date

from inro.practice.content import Authority, RomanAddress
from inro.practice.stated import (
    ApplicantKind,
    NameChoice,
    StatedAddress,
    StatedBilling,
    StatedContact,
    StatedForm,
    StatedOrganization,
    StatedPerson,
    StatedReplacement,
)
from inro.practice.validity import ValidityPeriod

FORM = StatedForm(
    kind=ApplicantKind.COMPANY_EMPLOYEE,
    period=ValidityPeriod.ONE_YEAR,
    name_choice=NameChoice.LEGAL_NAME,
    legal_name="髙橋　花子",
    certificate_name="高橋　花子",
    kana="タカハシ　ハナコ",
    romaji="TAKAHASHI HANAKO",
    birth_date=date(1980, 2, 29),
    home=StatedAddress(
        postal_code="100-0099", prefecture="東京都", city="架空区", street="見本町一丁目２番３号"
    ),
    organization=StatedOrganization(
        name="株式会社みほん建設",
        address=StatedAddress(
            postal_code="530-0099", prefecture="大阪府", city="架空市", street="北町４番５号"
        ),
        representative_title="代表取締役",
        representative_name="見本　太郎",
    ),
    replacements=(
        StatedReplacement(field="legal_name", original="髙", printed="高", source="民一2842号", clause="8.8"),
    ),
)

AUTHORITY = Authority(principal="代表取締役　見本　太郎", system="電子入札", text="入札に関する一切の権限")
ELSEWHERE = StatedAddress(
    postal_code="060-0099", prefecture="北海道", city="架空市", street="北三条", building="見本荘２"
)
PROXY = StatedPerson(name="中村　美咲", kana="ナカムラ　ミサキ", home=ELSEWHERE)
WHOLE = replace(
    FORM,
    name_choice=NameChoice.ALIAS,
    roman_home=RomanAddress(prefecture="Tokyo", city="Kakuu-ku", street="1-2-3 Mihoncho"),
    stay_ends=date(2029, 3, 31),
    authorities=(AUTHORITY,),
    proxy=PROXY,
    billing=StatedBilling(name="経理部", organization="株式会社みほん建設", address=ELSEWHERE),
    contact=StatedContact(telephone="03-0000-0000", email="hanako@mihon.example"),
)
SOLE = replace(FORM, kind=ApplicantKind.SOLE_PROPRIETOR, organization=None)
