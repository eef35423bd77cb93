"""Every figure at a hundredth of its size: rows have their shape, results are right; no time is judged."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.rows import Row, count_row, table_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    command = [sys.executable, "-m", "benchmarks", "--size", "0.01", "--no-django-ca", "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder


def rows(out: Path, name: str) -> list[Row]:
    lines = (out / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [Row.from_line(line) for line in lines]


def test_every_row_names_its_peer_and_both_costs(out):
    found = [row for name in ("signatures", "certificates", "documents", "lists") for row in rows(out, name)]

    assert len(found) == 2 + 2 + 2 + 3 * 7
    assert all(row.against and row.ours > 0 and row.theirs > 0 for row in found)
    assert all(row.ratio_least <= row.ratio <= row.ratio_most for row in found)
    assert table_of(found).row_count == len(found)


def test_two_clerks_on_one_case_are_told_apart(out):
    (clerks,) = rows(out, "examination")

    assert clerks.checked == {"interleavings": 5, "held": True}


def test_every_question_was_answered(out):
    found = rows(out, "ocsp")

    assert [row.bound for row in found] == [4.0, None, 3.0, None, 0.1, 1.0]
    assert [row.checked for row in found[:4]] == [{"certificates": 10, "errors": 0}] * 4
    assert found[4].checked == {"openssl_answers": True}
    assert found[5].checked["read"] + found[5].checked["refused"] == 10_000
    assert [row.checked for row in rows(out, "ocsp_live")] == [{"answers": 20 * 2}] * 3


def test_a_list_follows_every_revocation_and_grows_no_faster_than_its_entries(out):
    soon, *growth = rows(out, "list_growth")

    assert soon.checked == {"lists": 2, "listed": True}
    assert [row.bound for row in growth] == [1.05, 1.05]


def test_a_list_reaches_directory_replica_and_stranger(out):
    beside, ours, replica, asked = rows(out, "ldap_publication")

    assert (beside.bound, ours.bound, replica.bound) == (3.0, 1.0, 1.0)
    assert beside.checked["entries"] == 10_000
    assert beside.checked["same"] is True
    assert asked.checked["problems"] == []


def test_damaged_requests_leave_nothing_behind(out):
    ended, grown, memory, held, held_memory = rows(out, "hostile_http")

    assert ended.ours == ended.theirs == 10_000
    assert ended.checked["alive"] is True
    assert min(ended.checked["answered"], ended.checked["hung_up"]) > 0
    before, after = memory.checked["files"]
    assert grown.checked == memory.checked
    assert after - before < 8
    assert held.ours == held.theirs == 100
    assert held.checked == {"answered_meanwhile": True}
    assert held_memory.ours < held_memory.theirs


def test_every_certificate_of_a_list_is_revoked_and_published(out):
    planned, decided, published, _ = rows(out, "mass_revocation")

    count = planned.checked["certificates"]
    assert count == decided.checked["certificates"] > 900
    assert published.checked["revoked"] == published.checked["listed"] == count
    assert published.checked["refused"] == []
    assert published.checked["good answers taken back"] == 2 * count
    assert published.checked["published"] is published.checked["whole"] is True


def test_one_revocation_is_seen_by_everybody(out):
    published, answered, renewed = rows(out, "revocation_to_publication")

    assert [row.bound for row in (published, answered, renewed)] == [1.0, 1.0, 1.0]
    assert published.checked == {"rounds": 2, "web": True, "directory": True}
    assert answered.checked == {"rounds": 2, "ocsp": True}
    assert renewed.checked == {"signed": 128, "passes": 2}


def test_a_line_reads_back_as_its_row(out):
    line = (out / "lists.jsonl").read_text("utf-8").splitlines()[0]

    row = Row.from_line(line)

    assert row.to_line() == line
    assert json.loads(line)["holds"] is row.holds


def test_signatures_are_those_of_the_token(out):
    found = rows(out, "signatures")

    assert ["2048" in found[0].subject, "3072" in found[1].subject] == [True, True]
    assert all(row.checked == {"verified": True, "same_as_raw": True, "counted": True} for row in found)


def test_every_page_that_was_put_is_kept_and_the_same(out):
    put, get = rows(out, "documents")

    assert put.checked["documents"] == put.checked["put"] == 20
    assert put.checked["same"] is get.checked["same"] is True
    assert (put.bound, get.bound) == (3.0, 5.0)


def test_every_order_became_one_certificate_that_verifies(out):
    for row in rows(out, "certificates"):
        assert row.checked["orders"] == row.checked["certificates"] == row.checked["verified"] > 0
        assert row.checked["audit_sound"] is True


def test_every_form_has_its_two_pages(out):
    found = rows(out, "forms")

    assert len(found) == 4
    assert [row.bound for row in found] == [1.0, None, 1.0, None]
    assert all(row.checked["pages"] == row.checked["expected"] > 0 for row in found)


def test_every_published_number_is_loaded_and_found(out):
    found = rows(out, "corporate_numbers")
    loaded, asked = found[:2], found[2:]

    assert len(found) == 4
    assert [row.bound for row in found] == [1.0, None, 1.0, None]
    assert all(row.checked == {"rows": 50_000, "same_as_bare": 50_000} for row in loaded)
    assert all(row.checked["found"] == row.checked["asked"] > 900 for row in asked)
    assert all(row.checked["by_name"] for row in asked)


def test_lists_searches_and_case_pages_over_many_cases(out):
    found = rows(out, "queue")
    mended, lists, searches, first, again = found[5:]

    assert len(found) == 10
    assert all(row.bound == 1.0 for row in found)
    assert mended.checked == {"mended": 2_000, "new": 2_000, "differ": 0}
    assert lists.checked["most_queries"] <= 12
    assert (lists.checked["most_lines"], lists.checked["empty"]) == (50, 0)
    assert searches.checked == {"names": 6, "numbers": [1, 1, 10, 1, 1]}
    assert first.checked == again.checked == {"status": 200}


def test_a_night_marks_what_is_due_of_a_hundred_times_as_many(out):
    expired, fewer, more, growth, memory = rows(out, "night_run")

    assert expired.checked["expired"] == expired.checked["entered"] > 100
    assert fewer.checked == {"marked": [10], "contracts": 1_000}
    assert more.checked == {"marked": [100], "contracts": 10_000}
    assert [row.bound for row in (fewer, more, growth, memory)] == [3.0, 3.0, 1.1, 1.0]


def test_every_past_application_is_imported_in_bounded_memory(out):
    cost, memory = rows(out, "past_applications")

    assert cost.checked == {"lines": 1_000, "added": 1_000, "already": 0, "rows": 1_000}
    assert (memory.bound, memory.unit) == (1.0, "MB peak")


def test_every_hostile_name_is_taken_or_refused_in_every_channel(out):
    found = rows(out, "hostile")

    assert len(found) == 4
    assert all(row.holds and row.ours == 100 for row in found)
    assert all(row.checked["taken"] > 0 < row.checked["refused"] for row in found[:3])


@pytest.mark.parametrize("entries", [100, 1_000, 10_000])
def test_lists_have_every_entry_and_verify(out, entries):
    found = [row for row in rows(out, "lists") if f"{entries:,} " in row.subject]
    built = [row for row in found if "built" in row.subject]

    assert len(found) == 7
    assert len(built) == 4
    for row in built:
        assert row.checked == {
            "entries": entries,
            "verified": True,
            "same_as_limit": True,
            "openssl_entries": entries,
        }
    [check] = [row for row in found if "journal" in row.subject]
    assert check.checked == {"entries": entries, "problems": 0, "complete": True, "peer_entries": entries}
    for row in found:
        if row.unit == "MB peak":
            assert row.checked == {"entries": entries, "verified": True}


def test_the_bounds_of_the_promise_are_in_the_rows(out):
    bounds = {row.against: row.bound for row in rows(out, "certificates")}
    million = {row.against: row.bound for row in rows(out, "lists") if "10,000 " in row.subject}

    assert bounds["pkilint, draft and signature alone"] == 2.0
    assert million["LIMIT B: join, hash, sign, write"] == 3.0
    assert million["300 MB"] == 1.0


def test_every_scanned_form_is_filed_and_none_wrongly(out):
    filed, cost = rows(out, "scans")

    assert filed.checked == {"forms": 2, "right": 4, "tray": 0, "wrong": 0}
    assert filed.holds
    assert cost.checked == {"pages": 4}


def test_every_number_on_a_resident_record_is_covered(out):
    covered, cost = rows(out, "redaction")

    assert (covered.checked["records"], covered.checked["covered"]) == (2, 1)
    assert covered.holds
    assert (cost.bound, cost.checked) == (1.5, {"pages": 1})


def test_a_count_that_is_not_reached_is_missed():
    too_few = count_row(
        figure="scans", subject="pages", against="every page", unit="pages", found=3, wanted=4, checked={}
    )

    assert not too_few.holds


@pytest.mark.parametrize("size", ["0", "1.5", "-1"])
def test_an_impossible_size_is_refused(size, tmp_path):
    command = [sys.executable, "-m", "benchmarks", "--size", size, "--out", str(tmp_path / "out")]

    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert refused.returncode != 0
    assert "above 0 and at most 1" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "out").exists()


def test_a_campaign_tells_or_leaves_out_every_contract(out):
    planned, *done = rows(out, "campaign")

    assert planned.checked["told"] + planned.checked["left_out"] == planned.checked["contracts"]
    assert planned.checked["told"] > 9_000
    told = planned.checked["told"]
    assert [row.checked for row in done] == [
        *[{"letters": 10}] * 2,
        {"notices": told, "missing": 0, "late": 0},
        {"kits": 4},
        {"messages": 10},
    ]
