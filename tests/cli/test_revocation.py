"""`inro revocation`: where revocations stand, by numbers alone (21, 39.4)."""

import sqlite3
from contextlib import closing

from tests.cli.command import inro

AT, END = "'2026-12-01 03:00:00'", "'2027-12-31 14:59:59'"
ROWS = f"""
INSERT INTO store_application (number, kind, state, edition, edition_sha256, period, drafted_at)
VALUES ('A26-000001-0', 'company_employee', 'drafted', '2025-04-01', '', '1y', {AT});
INSERT INTO store_serialnumber (id, serial, reserved_at) VALUES (1, zeroblob(20), {AT});
INSERT INTO store_certificate (id, serial_id, application_id, role, der, sha256, issued_at, not_after, state,
 profile_sha256, generation)
VALUES (1, 1, 1, 'ca', x'00', '{"a" * 64}', {AT}, {END}, 'valid', '{"b" * 64}', 1);
INSERT INTO store_revocationcase (number, certificate_id, ground, invoker, way, paper_sha256, state, note,
 refusal, requested_at)
VALUES ('R26-000001-R', 1, '21.1(8)/compromised', 'subscriber', 'fax', '{"c" * 64}', 'requested', '', '',
 {AT});
"""


def test_open_cases_are_listed_and_one_is_shown_without_a_name(installation):
    def revocation(*what: str):
        return inro("revocation", *what, "--home", str(installation), cwd=installation)

    assert revocation("list").stdout == ""
    with closing(sqlite3.connect(installation / "records.sqlite3")) as records:
        records.executescript(ROWS)
    listed = revocation("list")
    assert listed.stdout == ("R26-000001-R  利用者  受付  21.1(8)/compromised  2026-12-01 12:00:00  !\n"), (
        listed.stderr
    )
    shown = revocation("show", "R26-000001-R").stdout
    for part in (
        "keyCompromise (1)",
        "未着 / outstanding: 申請書・依頼書の原本, 必要書類",
        "公開 / published: -",
    ):
        assert part in shown
    missing = revocation("show", "R26-000002-X")
    assert missing.returncode == 1
    assert "R26-000002-X" in missing.stderr
