"""Editions on the command line: listed, asked for by day, put on record, compared (2.1, 10)."""

from tests.cli.command import inro


def test_editions_are_listed_registered_and_compared(installation):
    def editions(*what: str):
        return inro("editions", *what, "--home", str(installation), cwd=installation)

    assert "2025-04-01  2025-04-01" in editions("list").stdout
    assert "○" not in editions("list").stdout
    assert editions("governs", "2023-04-24").stdout.startswith("2023-04-24  2022-04-08")
    assert "editions put on record: 6" in editions("register").stdout
    assert editions("list").stdout.count("○ 施行") == 6
    assert "nothing differs" in editions("verify").stdout
    text = installation / "policy" / "editions" / "2025-04-01" / "fees.txt"
    text.write_text("別の料金表\n", "utf-8")
    told = editions("verify")
    assert told.returncode == 1
    assert "fees-2025-04-01.txt" in told.stdout
    refused = editions("governs", "2026-12-01")
    assert refused.returncode == 1
    assert "policy/editions" in refused.stderr


def test_a_day_that_is_none_and_one_before_all_editions_are_refused(installation):
    for day, status in (("yesterday", 2), ("1999-01-01", 1)):
        told = inro("editions", "governs", day, "--home", str(installation), cwd=installation)
        assert told.returncode == status
        assert len(told.stderr.splitlines()) <= 2
