"""The queue is recomputed from the record, compared, and mended (40(7))."""

import sqlite3
from contextlib import closing

from tests.cli.command import inro

ONE_CASE = """
INSERT INTO store_application (number, kind, state, edition, edition_sha256, period, stated, drafted_at)
VALUES ('A26-000001-0', 'company_employee', 'drafted', '2025-04-01', '', '1y', '{}', '2026-12-01 03:00:00')
"""


def test_what_differs_is_named_and_mended(installation):
    def queue(what: str):
        return inro("queue", what, "--home", str(installation), cwd=installation)

    assert "nothing differs" in queue("verify").stdout
    with closing(sqlite3.connect(installation / "records.sqlite3")) as records, records:
        records.execute(ONE_CASE)
    told = queue("verify")
    assert told.returncode == 1
    assert "A26-000001-0: number" in told.stdout
    assert "cases mended: 1" in queue("mend").stdout
    assert queue("verify").returncode == 0
