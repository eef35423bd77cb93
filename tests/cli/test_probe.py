"""A round made elsewhere goes on record here, and is watched with everything else (26.2)."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.command import inro


def test_a_round_made_elsewhere_is_recorded_and_watched(home: Path, tmp_path: Path) -> None:
    at = datetime.now(UTC)
    finding = {"problem": "expired", "address": "http://h/crl.crl", "route": "direct", "detail": ""}
    record = {
        "name": "outside-1",
        "began_at": at.isoformat(),
        "next_by": (at + timedelta(hours=1)).isoformat(),
        "checked": 13,
        "findings": [finding],
    }
    file = tmp_path / "round.json"
    file.write_text(json.dumps(record), "utf-8")
    recorded = inro("probe", "--record", str(file), "--home", str(home), cwd=home)
    assert (recorded.returncode, recorded.stderr) == (1, "")
    assert "有効期間が過ぎています: http://h/crl.crl [direct]" in recorded.stdout
    watched = inro("deadlines", "watch", "--home", str(home), cwd=home)
    assert "probes=outside-1:1" in watched.stdout
    file.write_text(json.dumps(record | {"findings": [{"problem": "odd"}]}), "utf-8")
    refused = inro("probe", "--record", str(file), "--home", str(home), cwd=home)
    assert refused.returncode == 2
    assert "inro probe --json" in refused.stderr
