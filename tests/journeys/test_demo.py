"""One command takes eight applicants from the form to the end (6.1, 8.8, 17.4, 18.7, 21, 26, 28, 40(4))."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from tests.journeys.story import LISTS, Case, Told, inro

CASE_KEYS = [
    *("application", "applicant", "certificate", "issued_at", "not_after", "state"),
    *("revoked_at", "ground", "signature", "verify", "answers"),
]
JAPAN = timedelta(hours=9)


def stated(told: Told) -> dict[str, dict[str, object]]:
    """What each applicant stated, by application."""
    rows = told.rows("SELECT number, stated FROM store_application WHERE stated IS NOT NULL")
    return {number: json.loads(text) for number, text in rows}


def japanese_names(certificate: x509.Certificate) -> list[str]:
    """The values of the Japanese name, in order."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(part.value) for name in names.get_values_for_type(x509.DirectoryName) for part in name]


def check_shape(told: Told) -> None:
    """`summary.json` has the keys it promises, and every path leads to a file beside it."""
    summary = told.summary
    assert list(summary) == ["ca", "crl", "arl", "full_crl", "cases", "audit", "seconds"]
    assert list(summary["audit"]) == ["rows", "head"]
    assert summary["seconds"] > 0
    for record in summary["cases"]:
        assert list(record) == CASE_KEYS
        assert all(list(one) == ["at", "crl", "full_crl", "valid"] for one in record["verify"])
    for path in paths(summary):
        assert not Path(path).is_absolute()
        assert (told.home / path).resolve().is_relative_to(told.home)
        assert (told.home / path).is_file()


def paths(summary: dict[str, object]) -> list[str]:
    """Every path in a summary."""
    text = json.dumps(summary)
    return re.findall(r'"(?:ca|crl|arl|full_crl|certificate|signature)": "([^"]+)"', text)


def check_ends(told: Told) -> None:
    """6.1: every certificate ends with a month in Japan, never five years after its examination or later."""
    examined = dict(told.rows("SELECT number, examination_ended_at FROM store_application"))
    for case in told.cases:
        ends = datetime.fromisoformat(case.record["not_after"])
        assert ends.astimezone(UTC).strftime("%H:%M:%S") == "14:59:59"
        assert (ends + timedelta(seconds=1)).astimezone(UTC) + JAPAN == first_of_month(ends)
        ended = datetime.fromisoformat(examined[str(case)]).replace(tzinfo=UTC) + JAPAN
        latest = ended.replace(year=ended.year + 5, day=min(ended.day, 28) if ended.month == 2 else ended.day)
        assert ends.astimezone(UTC) + JAPAN <= latest
        if case.certificate is not None:
            assert case.parsed.not_valid_after_utc == ends
            assert case.parsed.not_valid_before_utc == datetime.fromisoformat(case.record["issued_at"])


def first_of_month(ends: datetime) -> datetime:
    """The first instant of the month after `ends`, as Japan's clocks show it."""
    after = ends.astimezone(UTC) + JAPAN + timedelta(days=1)
    return after.replace(day=1, hour=0, minute=0, second=0)


def check_late_slip(told: Told, case: Case) -> None:
    """18.7, 22.1(1): reminded on day 21 after posting, revoked on day 32."""
    query = "FROM {} JOIN store_application a ON application_id = a.id WHERE a.number = ?"
    ((posted,),) = told.rows("SELECT posted_on " + query.format("store_parcel"), str(case))
    ((reminded,),) = told.rows(
        "SELECT sent_on " + query.format("store_notice") + " AND store_notice.kind = 'receipt_reminder'",
        str(case),
    )
    assert told.rows("SELECT arrived_on " + query.format("store_receiptslip"), str(case)) == []
    assert case.revoked_at is not None
    assert date.fromisoformat(reminded) - date.fromisoformat(posted) == timedelta(days=21)
    assert case.revoked_at.date() - date.fromisoformat(posted) == timedelta(days=32)
    assert case.record["ground"] == "18.7"


def check_verdicts(told: Told) -> None:
    """Every signature holds until its certificate is revoked, and is looked at just before and after."""
    revocations = sorted(case.revoked_at for case in told.cases if case.revoked_at is not None)
    assert len(revocations) == 3
    for case in told.cases:
        assert case.looks
        for look in case.looks:
            assert look.valid is (case.revoked_at is None or look.at < case.revoked_at)
        if case.revoked_at is not None:
            before = max(look.at for look in case.looks if look.at < case.revoked_at)
            after = min(look.at for look in case.looks if look.at > case.revoked_at)
            assert after - before < timedelta(hours=2)


def test_the_summary_has_its_shape(told: Told) -> None:
    check_shape(told)


def test_the_audit_log_ends_where_the_summary_says(told: Told) -> None:
    """40(7): the summary names the chain's last row."""
    rows = told.rows("SELECT seq, hash FROM store_auditrow ORDER BY seq DESC LIMIT 1")
    assert rows == [(told.summary["audit"]["rows"], told.summary["audit"]["head"])]


def test_at_least_eight_people_apply(told: Told) -> None:
    assert len({case.record["applicant"] for case in told.cases}) >= 8
    assert {case.record["state"] for case in told.cases} == {"expired", "revoked", "disposed"}


def test_an_employee_has_an_authority(told: Told) -> None:
    """8.6: the authority is in the certificate, with who gives it."""
    names = japanese_names(told.case("佐藤　健一").parsed)
    assert any("［委任者］" in name and "［権限］" in name for name in names)


def test_a_foreign_resident_has_an_alias_and_a_proxy_recipient(told: Told) -> None:
    """8.9, 17.4: the card goes to the proxy, the PIN to the subscriber, in two parcels."""
    case = told.case("中村　安男")
    said = stated(told)[str(case)]
    assert said["name_choice"] == "alias"
    assert said["legal_name"] != case.record["applicant"]
    assert said["proxy"]["name"] == "中村　美咲"
    parcels = told.rows(
        "SELECT mail, address, card_id IS NOT NULL, mailer_id IS NOT NULL FROM store_parcel"
        " JOIN store_application a ON application_id = a.id WHERE a.number = ? ORDER BY address DESC",
        str(case),
    )
    assert parcels == [
        ("simplified_registered", "subscriber_resident_record", 0, 1),
        ("restricted_delivery", "proxy_seal_certificate", 1, 0),
    ]


def test_a_sole_proprietor_has_a_former_surname(told: Told) -> None:
    """8.8, 9.2: and mended papers in time."""
    case = told.case("田中　由美")
    said = stated(told)[str(case)]
    assert said["name_choice"] == "former_surname"
    assert said["legal_name"] == "小林　由美"
    kinds = [kind for (kind,) in told.rows("SELECT kind FROM store_application WHERE number = ?", str(case))]
    assert kinds == ["sole_proprietor"]
    done = told.rows("SELECT kind FROM store_auditrow WHERE subject = ?", f"application/{case}")
    assert ("examination.deficiency_found",) in done
    assert ("examination.resubmission_received",) in done


def test_rare_characters_are_replaced(told: Told) -> None:
    """8.8–8.12: 髙, 𠮷 and 邉 with a selector stay on paper, their replacements are certified."""
    case = told.case("高邉　吉郎")
    said = stated(told)[str(case)]
    assert said["legal_name"] == "髙邉\U000e0100　𠮷郎"
    pairs = {one["original"]: one["printed"] for one in said["replacements"]}
    assert pairs == {"髙": "高", "𠮷": "吉", "邉\U000e0100": "邉"}
    assert all(one["source"] for one in said["replacements"])
    assert "高邉　吉郎" in japanese_names(case.parsed)
    for original, printed in pairs.items():
        assert f"{original} → {printed}" in told.said


def test_a_slip_never_comes(told: Told) -> None:
    check_late_slip(told, told.case("木村　浩"))


def test_a_lost_card_is_revoked_on_application(told: Told) -> None:
    """21.1(3): and the card is on record as lost."""
    case = told.case("長谷川　桂子")
    assert case.record["ground"] == "21.1(3)/lost"
    states = told.rows(
        "SELECT c.state FROM store_card c JOIN store_application a ON c.application_id = a.id"
        " WHERE a.number = ?",
        str(case),
    )
    assert states == [("lost",)]
    ((last,),) = [told.lists("crl")[-1:]]
    entry = last.get_revoked_certificate_by_serial_number(case.parsed.serial_number)
    assert entry is not None
    reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    assert reason is x509.ReasonFlags.key_compromise


def test_the_register_has_a_mail_a_letter_and_a_page(told: Told) -> None:
    rows = told.rows("SELECT channel, state FROM store_notice WHERE arrived_on IS NOT NULL")
    assert {channel for channel, _ in rows} == {"email", "post", "web"}
    assert {state for _, state in rows} == {"sent"}
    # Which words each was made of, and what the mail server truly took.
    assert told.rows("SELECT id FROM store_notice WHERE words_sha256 = ''") == []
    ((key,),) = told.rows("SELECT message_id FROM store_notice WHERE channel = 'email'")
    [taken] = (told.home / "mail" / "new").iterdir()
    assert f"Message-ID: {key}" in taken.read_text("utf-8")


def test_a_notice_leads_to_a_renewal(told: Told) -> None:
    """6.2, 8.11: the renewal is a case of its own that names the one before."""
    first, second = (case for case in told.cases if case.record["applicant"] == "鈴木　大輔")
    chain = told.rows(
        "SELECT p.number FROM store_application a JOIN store_application p ON a.predecessor_id = p.id"
        " WHERE a.number = ?",
        str(second),
    )
    assert chain == [(str(first),)]
    notices = told.rows(
        "SELECT n.sent_on FROM store_notice n JOIN store_application a ON n.application_id = a.id"
        " WHERE a.number = ? AND n.kind = 'expiry'",
        str(first),
    )
    assert notices
    assert notices[0][0] < first.record["not_after"] < second.record["not_after"]
    assert first.parsed.public_key() != second.parsed.public_key()


def test_a_certificate_disposed_of_is_in_no_file_of_the_ca(told: Told) -> None:
    """28, 40(4): ten years after the end."""
    case = told.case("山本　修")
    assert case.record["state"] == "disposed"
    assert case.certificate is None
    ((disposed,),) = told.rows(
        "SELECT at FROM store_auditrow WHERE kind = 'records.disposed' AND subject = ?", f"application/{case}"
    )
    ended = datetime.fromisoformat(case.record["not_after"])
    assert datetime.fromisoformat(disposed) > ended.replace(year=ended.year + 10)


def test_every_signature_holds_until_its_certificate_is_revoked(told: Told) -> None:
    """20, 26.1."""
    check_verdicts(told)


def test_the_responder_calls_every_certificate_good_until_it_is_revoked(told: Told) -> None:
    """26: openssl asks the responder after each revocation."""
    assert sum(len(case.record["answers"]) for case in told.cases) > 10
    for case in told.cases:
        for answer in case.record["answers"]:
            at = datetime.fromisoformat(answer["at"])
            revoked = case.revoked_at is not None and at > case.revoked_at
            assert answer["said"] == ("revoked" if revoked else "good")


def test_every_certificate_ends_with_a_month(told: Told) -> None:
    check_ends(told)


@pytest.mark.parametrize("kind", LISTS)
def test_list_numbers_rise_by_one(told: Told, kind: str) -> None:
    """26.2: no number twice, none left out, each later than the one before, next update within 48 hours."""
    lists = told.lists(kind)
    numbers = [one.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for one in lists]
    assert numbers == list(range(1, len(lists) + 1))
    made = [one.last_update_utc for one in lists]
    assert made == sorted(set(made))
    for one in lists:
        assert one.next_update_utc is not None
        assert one.next_update_utc - one.last_update_utc == timedelta(hours=48)


def test_lists_are_renewed_over_two_quiet_days(told: Told) -> None:
    """26.2: every 24 hours, whether or not anything was revoked."""
    revoked = told.case("長谷川　桂子").revoked_at
    assert revoked is not None
    made = [one.last_update_utc for one in told.lists("crl")]
    quiet = [at for at in made if revoked < at <= revoked + timedelta(hours=48)]
    assert len(quiet) == 2
    gaps = [later - earlier for earlier, later in zip([revoked, *quiet], quiet, strict=False)]
    assert all(gap <= timedelta(hours=24) for gap in gaps)
    assert "日を飛ばす" in told.said


def test_crl_and_arl_together_are_the_full_crl(told: Told) -> None:
    """39.4: entry by entry, for every number."""
    for crl, arl, full in zip(*map(told.lists, LISTS), strict=True):
        assert [entries(crl) | entries(arl)] == [entries(full)]
        assert crl.last_update_utc == arl.last_update_utc == full.last_update_utc


def entries(made: x509.CertificateRevocationList) -> set[tuple[int, datetime, str]]:
    """The entries of a list, whole."""
    return {
        (one.serial_number, one.revocation_date_utc, str([part.value for part in one.extensions]))
        for one in made
    }


def test_lists_say_what_the_summary_says(told: Told) -> None:
    """26.1: revoked when the summary says so, and nobody else."""
    revoked = {case.parsed.serial_number: case.revoked_at for case in told.cases if case.revoked_at}
    last = told.lists("crl")[-1]
    assert {one.serial_number: one.revocation_date_utc for one in last} == revoked


def test_lists_were_read_back_from_web_and_directory(told: Told) -> None:
    """26.1, 39.4: every list that was signed, byte for byte, from both."""
    signed = told.rows("SELECT kind, sha256 FROM store_revocationlist")
    assert len(signed) == sum(len(told.lists(kind)) for kind in LISTS)
    read = told.rows("SELECT details FROM store_auditrow WHERE kind = 'list.read_back'")
    found = {(json.loads(text)["place"], json.loads(text)["sha256"]) for (text,) in read}
    assert found == {(place, sha256) for _, sha256 in signed for place in ("web", "directory")}


def test_the_house_is_well_seen_from_outside(told: Told) -> None:
    """4(6), 26: amid revocations and at the end, over HTTP, LDAP and OCSP; the last is on the health page."""
    asked = [int(count) for count in re.findall(r"OCSP の (\d+) 件に照会、異常なし", told.said)]
    assert len(asked) == 2
    ((name, last),) = told.rows("SELECT name, result FROM store_probe")
    result = json.loads(last)
    assert (name, result["checked"], result["findings"]) == ("demo", asked[-1], [])
    # Three lists in both halves, the CA's certificate, the practice statement, by two hashes GET and POST.
    assert asked[-1] >= 3 * 2 + 1 + 1 + 4


def test_each_event_is_told_with_date_and_clause(told: Told) -> None:
    lines = re.findall(r"^(\d{4}-\d\d-\d\d \d\d:\d\d) +(\S+)  (\S.*)$", told.said, re.MULTILINE)
    assert len(lines) > 80
    days = [when for when, _, _ in lines]
    assert days == sorted(days)
    clauses = {clause for _, clause, _ in lines}
    assert {"8.4", "9.1", "6.1", "17.3", "17.4", "18.6", "18.7", "21.2", "26.2", "12.4", "40(4)"} <= clauses


def test_the_story_is_told_from_another_day(told_elsewhen: Told) -> None:
    """5: from the last day of a February, over an earlier demonstration, of which nothing stays."""
    told = told_elsewhen
    check_shape(told)
    check_ends(told)
    check_verdicts(told)
    check_late_slip(told, told.case("木村　浩"))
    assert "2027-02-28 09:00" in told.said
    assert all(str(case).startswith("A27-") for case in told.cases[:8])
    assert not [path for path in told.files() if "A26-" in str(path)]
    assert [path.name for path in told.home.parent.iterdir()] == [told.home.name]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theses.txt").write_text("years of work")
    done = inro("demo", "--home", tmp_path)
    assert done.returncode != 0
    assert "実演で作られたものではない" in done.stderr
    assert "--home" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["theses.txt"]
    assert (tmp_path / "theses.txt").read_text() == "years of work"
