"""Files of past applications, as an earlier system writes them out (8.11)."""

import csv
import io
from collections.abc import Iterable

from inro.japanese.past_application_columns import COLUMNS

COMPANY = {
    "service": "電子入札コアシステム用",
    "number": "DC-0001234",
    "applied_on": "令和4年3月1日",
    "certificate_number": "C22-000123",
    "ends_on": "2027-01-31",
    "kind": "企業等",
    "period": "4年10か月",
    "name_choice": "",
    "legal_name": "髙橋　花子",
    "certificate_name": "高橋　花子",
    "kana": "ﾀｶﾊｼ ﾊﾅｺ",
    "romaji": "Takahashi Hanako",
    "birth_date": "昭和55年2月29日",
    "postal_code": "1000099",
    "prefecture": "東京都",
    "city": "架空区",
    "street": "見本町1丁目2番3号",
    "building": "",
    "stay_ends": "",
    "telephone": "03-0000-0000",
    "fax": "",
    "email": "hanako@mihon.example",
    "organization": "株式会社みほん建設",
    "corporate_number": "7000012050002",
    "office_postal_code": "530-0099",
    "office_prefecture": "大阪府",
    "office_city": "架空市",
    "office_street": "北町4番5号",
    "office_building": "",
    "representative_title": "代表取締役",
    "representative_name": "見本　太郎",
    "authority_system": "電子入札",
    "authority_text": "入札に関する一切の権限",
    "contact_name": "佐藤　一郎",
    "contact_organization": "株式会社みほん建設 総務部",
    "contact_postal_code": "530-0099",
    "contact_prefecture": "大阪府",
    "contact_city": "架空市",
    "contact_street": "北町4番5号",
    "contact_building": "みほんビル2階",
}
_OF_COMPANY = ("organization", "corporate_number", "office_", "representative_", "authority_", "contact_")
SOLE = {
    **{name: "" if name.startswith(_OF_COMPANY) else text for name, text in COMPANY.items()},
    "number": "DC-0001235",
    "kind": "個人事業主",
    "period": "1年",
    "legal_name": "鈴木　次郎",
    "certificate_name": "鈴木　次郎",
    "kana": "スズキ　ジロウ",
    "romaji": "SUZUKI JIRO",
}


def row(template: dict[str, str] = COMPANY, **changed: str) -> dict[str, str]:
    """Return a line's fields by column."""
    return {**template, **changed}


def csv_text(*rows: dict[str, str], header: Iterable[str] | None = None) -> str:
    """Return a file with Japanese headings, or those given."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header or [COLUMNS[name].japanese for name in COMPANY])
    writer.writerows([line[name] for name in COMPANY] for line in rows)
    return out.getvalue()


def octets(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    """Return the octets of such a file."""
    return csv_text(*rows).encode(encoding)
