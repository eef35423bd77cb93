"""An applicant who types into the wizard: answers of every step, and the walk through them."""

import re
from dataclasses import dataclass, field
from html import unescape

from django.test import Client

KIND = {
    "kind": "company_employee",
    "period": "2y",
    "foreign_resident": "no",
    "name_choice": "legal_name",
    "authority": "no",
    "proxy": "no",
}
SUBSCRIBER = {
    "surname": "髙橋",
    "given": "花子",
    "name-consent": "髙高",
    "kana_surname": "たかはし",
    "kana_given": "ﾊﾅｺ",
    "romaji_surname": "",
    "romaji_given": "",
    "birth_date": "昭和55年2月29日",
    "home_postal_code": "１００－０００５",
    "home_prefecture": "東京都",
    "home_city": "千代田区",
    "home_street": "丸の内1丁目2番3号",
    "home_building": "",
}
ORGANIZATION = {
    "corporate_number": "",
    "company": "株式会社みほん建設",
    "office_postal_code": "5300001",
    "office_prefecture": "大阪府",
    "office_city": "大阪市北区",
    "office_street": "梅田4番5号",
    "office_building": "見本ビル２階",
    "representative_title": "代表取締役",
    "representative_name": "見本　太郎",
}
AUTHORITY = {"system_1": "電子入札コアシステム", "text_1": "入札及び契約に関する\n一切の権限"}
PROXY = {
    "proxy_name": "中村　美咲",
    "proxy_kana": "なかむら　みさき",
    "proxy_postal_code": "060-0003",
    "proxy_prefecture": "北海道",
    "proxy_city": "札幌市中央区",
    "proxy_street": "北三条西",
    "proxy_building": "見本荘2",
}
CONTACT = {"telephone": "03-0000-0000", "fax": "", "email": "hanako@mihon.example", "billing_to": "applicant"}
EXPLAINED = {"explained": "on", "truthful": "on"}
CONSENTED = {"terms": "on", "content": "on", "organization": "on"}


@dataclass(slots=True)
class Applicant:
    """A browser in the wizard."""

    client: Client
    number: str = ""
    passphrase: str = ""
    pages: list[str] = field(default_factory=list)

    def begin(self) -> "Applicant":
        """Begin a draft and note number and passphrase."""
        page = self.client.post("/apply/").content.decode()
        found = re.findall(r'<dd class="mono">([^<]+)</dd>', page)
        self.number, self.passphrase = found
        return self

    def seen(self, step: str) -> str:
        """Return the version that the page of a step names."""
        page = self.client.get(f"/apply/{step}/").content.decode()
        found = re.search(r'name="seen" value="(\d+)"', page)
        return found[1] if found else "0"

    def send(self, step: str, answers: dict[str, str], **more: str):
        """Send a step as the page would."""
        return self.client.post(f"/apply/{step}/", {"seen": self.seen(step), **answers, **more})

    def until(self, last: str, **changes: dict[str, str]) -> "Applicant":
        """Answer every step before `last`, with changes to some."""
        for step, answers in STEPS.items():
            if step == last:
                return self
            response = self.send(step, answers | changes.get(step, {}))
            assert response.status_code == 302, (step, problems(response))
        return self


STEPS = {
    "kind": KIND,
    "explanation": EXPLAINED,
    "terms": CONSENTED,
    "subscriber": SUBSCRIBER,
    "organization": ORGANIZATION,
    "authority": AUTHORITY,
    "delivery": PROXY,
    "contact": CONTACT,
}


def problems(response) -> list[str]:
    """Return what a page's summary of errors says."""
    page = response.content.decode()
    summary = re.search(r'<div class="errors[^"]*".*?</div>', page, re.DOTALL)
    return [unescape(text) for text in re.findall(r"<a[^>]*>([^<]*)</a>", summary[0])] if summary else []


def text_of(response) -> str:
    """Return a page's text without its tags."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))
