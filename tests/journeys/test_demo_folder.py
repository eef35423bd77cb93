"""What the demonstration leaves in its folder, and what not (12.5, 12.6, 17.3, 19.3, 28, 40(4), 40(7))."""

import hashlib
import re
import shutil
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from inro.adapters.end_with_parent import ending_with_this
from inro.demo.people import applicants
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from inro.demo.subscriber import pin_of
from tests.journeys.story import INRO, Told, inro
from tests.web.sitting import seated

JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
LIVING = ("-wal", "-shm")
REGISTER = "store_publishedcorporation"


def text_of(pdf: Path) -> str:
    """The text of all pages."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def hashes(home: Path) -> dict[Path, str]:
    """The SHA-256 of every file that a reader leaves as it is."""
    files = (path for path in home.rglob("*") if path.is_file() and not path.name.endswith(LIVING))
    return {path.relative_to(home): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="session")
def pins(told: Told) -> list[str]:
    """The PINs, read off the printed mailers."""
    found = [pin_of(mailer).decode() for mailer in sorted((told.home / "mailers").iterdir())]
    assert len(set(found)) == len(told.cases)
    return found


@pytest.fixture(scope="session")
def pages(told: Told) -> Iterator[str]:
    """The address of `inro serve` over the demonstration."""
    # A responder, the public site and its own follow on the next three.
    port, log = free_port(following=3), told.home.parent / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ending_with_this([str(INRO), "serve", "--home", str(told.home), "--port", str(port)]),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(lambda: all(listens(port + place) for place in range(4)), process, log)
        address = f"http://{LOOPBACK}:{port}"
        urllib.request.install_opener(seated(address))
        yield address
    finally:
        urllib.request.install_opener(urllib.request.build_opener())
        end(process)


def page(address: str) -> str:
    """Fetch a page that is there."""
    with urllib.request.urlopen(address, timeout=300) as answer:
        assert answer.status == 200
        found: str = answer.read().decode("utf-8")
        return found


def test_no_pin_is_anywhere_but_on_its_mailer(told: Told, pins: list[str]) -> None:
    """12.5, 19.3: neither in a file's bytes nor on another sheet of paper, nor in what was told."""
    either = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(pins)})(?![0-9A-Za-z])")
    assert not either.search(told.said)
    for path in told.files():
        if path.parent.name == "mailers":
            continue
        assert not either.search(path.read_bytes().decode("latin-1")), path
        if path.suffix == ".pdf":
            assert not either.search(text_of(path)), path


def test_each_mailer_shows_its_own_pin_alone(told: Told, pins: list[str]) -> None:
    """17.3: and spelled in large digits, so that it can be read; the number is on record, the PIN is not."""
    numbers = {number for (number,) in told.rows("SELECT number FROM store_mailer")}
    for mailer in (told.home / "mailers").iterdir():
        text = text_of(mailer)
        assert [number for number in numbers if number in text] == [mailer.stem.removeprefix("pin-mailer-")]


def test_no_private_key_is_in_any_file(told: Told) -> None:
    """5.2, 17.3: neither armoured nor as plain ASN.1."""
    keys = [case.parsed.public_key() for case in told.with_certificate]
    found = [key.public_numbers().n for key in keys if isinstance(key, rsa.RSAPublicKey)]
    assert len(found) == len(told.with_certificate)
    for path in told.files():
        content = path.read_bytes()
        assert b"PRIVATE KEY" not in content, path
        # RSAPrivateKey begins with version 0 and the modulus (RFC 8017 A.1.2).
        for modulus in found:
            octets = b"\x02\x01\x00\x02\x82\x01\x01\x00" + modulus.to_bytes(256)
            assert octets not in content, path


def test_no_subscriber_key_stays_in_a_token(told: Told) -> None:
    """17.3: the station's token holds the station's own key pair and nothing else."""
    erased = told.rows("SELECT evidence FROM store_erasure WHERE kind = 'subscriber_key'")
    assert len(erased) == len(told.cases)
    assert all('"objects_after": 0' in proof for (proof,) in erased)
    objects = list((told.home / "room" / "tokens" / "station").rglob("*.object"))
    assert len([path for path in objects if path.name != "token.object"]) == 2


def test_who_is_disposed_of_is_in_no_table(told: Told, tmp_path: Path) -> None:
    """28, 40(4): in no column, no freed page, not in the signer's journal, not escaped as JSON.

    The organization is in the public register, and nowhere else.
    """
    gone = applicants(told.first_day)[-1]
    assert gone.content.name == "山本　修"
    organization = gone.content.organization
    assert organization is not None
    person = needles_of(
        *(gone.form.legal_name, gone.form.kana, gone.content.name_romaji, gone.content.subscriber_id),
        *(gone.form.home.lines[0], str(gone.form.birth_date)),
    )
    public = needles_of(organization.name, organization.corporate_number or "")
    assert holding(told, person) == []
    assert {table for table, _ in holding(told, public)} == {REGISTER}
    for path in [*told.home.glob("records.sqlite*"), *(told.home / "signer").iterdir()]:
        content = path.read_bytes()
        assert not [needle for needle in person if needle in content], path
    content = without_register(told, tmp_path).read_bytes()
    assert not [needle for needle in (*person, *public) if needle in content]


def needles_of(*words: str) -> list[bytes]:
    """Every form of every word."""
    return [form for word in words for form in forms(word)]


def without_register(told: Told, folder: Path) -> Path:
    """A copy of the records whose register of Corporate Numbers was wiped off."""
    for path in told.home.glob("records.sqlite*"):
        shutil.copy(path, folder)
    with closing(sqlite3.connect(folder / "records.sqlite")) as opened:
        opened.execute("PRAGMA secure_delete=ON")
        opened.execute(f"DROP TABLE {REGISTER}")
        opened.commit()
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "records.sqlite"


def forms(word: str) -> set[bytes]:
    """A word in UTF-8, and as JSON may escape it."""
    escaped = word.encode("ascii", "backslashreplace")
    return {
        word.encode(),
        escaped,
        re.sub(rb"\\u[0-9a-f]{4}", lambda one: b"\\u" + one[0][2:].upper(), escaped),
    }


def holding(told: Told, needles: list[bytes]) -> list[tuple[str, str]]:
    """Every table and column in which one of the needles is."""
    columns = told.rows(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    )
    assert len(columns) > 200
    return [(table, column) for table, column in columns if holds(told, table, column, needles)]


def holds(told: Told, table: str, column: str, needles: list[bytes]) -> bool:
    """Say whether one of the needles is in a column."""
    found = " OR ".join([f'instr(CAST("{column}" AS BLOB), ?) > 0'] * len(needles))
    return told.rows(f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE {found})', *needles) == [(1,)]


def test_what_lives_on_is_found_by_the_same_search(told: Told) -> None:
    """The search above finds somebody whose records are kept."""
    found = holding(told, sorted(forms("佐藤　健一")))
    assert ("store_application", "stated") in found
    assert ("store_certificate", "der") in found


def test_the_audit_chain_is_whole(told: Told) -> None:
    done = inro("audit", "verify", "--home", told.home)
    assert done.returncode == 0, done.stderr
    assert f"rows: {told.summary['audit']['rows']}\n" in done.stdout
    assert told.summary["audit"]["head"] in done.stdout


def test_an_altered_row_breaks_the_audit_chain(told: Told, tmp_path: Path) -> None:
    """40(7): in a copy whose triggers somebody took away."""
    home = shutil.copytree(told.home, tmp_path / "copy")
    with closing(sqlite3.connect(home / "records.sqlite")) as opened, opened:
        opened.execute("DROP TRIGGER store_auditrow_no_update")
        opened.execute("UPDATE store_auditrow SET actor = 'nobody' WHERE seq = 100")
    done = inro("audit", "verify", "--home", home)
    assert done.returncode == 1
    assert "× 100" in done.stdout


def test_every_field_of_a_certificate_is_shown_in_japanese(told: Told) -> None:
    """12.6, 18.2: whole values, labels in Japanese."""
    for name in ("佐藤　健一", "中村　安男", "高邉　吉郎"):
        case = told.case(name)
        done = inro("certificate", "show", case.certificate)
        assert done.returncode == 0
        parsed, said = case.parsed, done.stdout
        assert "…" not in said
        assert "..." not in said
        assert all(JAPANESE.search(line.split(": ")[0]) for line in said.splitlines())
        key = parsed.public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        wanted = [f"{parsed.serial_number:040x}", f"{key.public_numbers().n:x}", parsed.signature.hex()]
        wanted += [str(part.value) for name in (parsed.subject, parsed.issuer) for part in name]
        wanted += japanese_values(parsed)
        assert [value for value in wanted if value not in said] == []


def japanese_values(parsed: x509.Certificate) -> list[str]:
    """The values of the Japanese name, and what the policy tells its reader."""
    names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found = [str(part.value) for name in names.get_values_for_type(x509.DirectoryName) for part in name]
    for policy in parsed.extensions.get_extension_for_class(x509.CertificatePolicies).value:
        for qualifier in policy.policy_qualifiers or ():
            text = qualifier if isinstance(qualifier, str) else qualifier.explicit_text
            found.append(str(text))
    return found


def test_the_pages_list_every_case(told: Told, pages: str) -> None:
    listed = page(f"{pages}/?view=all")
    for case in told.cases:
        assert f"/cases/{case}/" in listed
    assert "山本" not in listed
    assert "廃棄済" in listed


def test_a_case_has_its_timeline(told: Told, pages: str) -> None:
    late = page(f"{pages}/cases/{told.case('木村　浩')}/")
    for words in ("木村　浩", "受領書の督促", "約款第18条第7項", "失効", "2027/01/06"):
        assert words in late
    gone = page(f"{pages}/cases/{told.case('山本　修')}/")
    assert "この案件を閲覧する目的" in gone
    assert "山本" not in gone
    shown = page(f"{pages}/cases/{told.case('木村　浩')}/certificate/")
    assert "木村　浩" in shown


def test_the_repository_page_gives_the_lists_in_force(told: Told, pages: str) -> None:
    """4(6), 26: the files behind its links are the ones the summary names."""
    shown = page(f"{pages}/repository/")
    digest = hashlib.sha256(told.ca.read_bytes()).hexdigest().upper()
    assert " ".join(digest[place : place + 4] for place in range(0, 64, 4)) in shown
    links = dict(re.findall(r'href="(http://[^"]+/([a-z]+\.(?:crl|cer)))"', shown))
    wanted = {"ca.cer": "ca", "crl.crl": "crl", "arl.crl": "arl", "full.crl": "full_crl"}
    assert sorted(links.values()) == sorted(wanted)
    for address, name in links.items():
        with urllib.request.urlopen(address, timeout=300) as answer:
            assert answer.read() == (told.home / told.summary[wanted[name]]).read_bytes()


def test_the_pages_change_nothing(told: Told, pages: str) -> None:
    before = hashes(told.home)
    for path in ("/", f"/cases/{told.cases[0]}/", "/repository/"):
        page(f"{pages}{path}")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(f"{pages}{path}", data=b"state=valid"), timeout=300)
        assert refused.value.code in {403, 405}
        refused.value.close()
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{pages}/cases/A26-999999-0/", timeout=300)
    assert missing.value.code == 404
    missing.value.close()
    assert hashes(told.home) == before
