"""What the story left behind, for people as a table and for programs as `summary.json`."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from inro.demo.case import Case
from inro.demo.stage import Stage
from inro.pki.crl import ListKind
from inro.practice.calendar import JST, jst_date
from inro.store.audit import chain_end
from inro.store.reads.certificate import certificate_record
from inro.words.states import word

FILE = "summary.json"


def write_summary(stage: Stage, *, seconds: float) -> Path:
    """Write `summary.json`; every path in it is relative to the file."""
    home, end = stage.home, chain_end()
    content = {
        "ca": _relative(home / "room" / "ca.der", home),
        "crl": _relative(stage.list_file(ListKind.CRL), home),
        "arl": _relative(stage.list_file(ListKind.ARL), home),
        "full_crl": _relative(stage.list_file(ListKind.FULL_CRL), home),
        "cases": [_case(case, home) for case in stage.cases],
        "audit": {"rows": end.seq, "head": end.hash},
        "seconds": round(seconds, 1),
    }
    file = home / FILE
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return file


def table_of(stage: Stage) -> Table:
    """Return the cases as the story ends."""
    table = Table(title="結末 / how it ended")
    for heading in (
        "申込 application",
        "氏名 name",
        "発行 issued",
        "満了 not after",
        "状態 state",
        "事由 ground",
    ):
        table.add_column(heading)
    table.add_column("検証 verify", justify="right")
    for case in stage.cases:
        certificate = case.certificate
        verdicts = "".join("○" if verdict.valid else "×" for verdict in case.verdicts)
        table.add_row(
            case.number,
            case.name,
            jst_date(certificate.issued_at).isoformat(),
            jst_date(certificate.not_after).isoformat(),
            word(certificate.state, "ja"),
            case.ground or "",
            verdicts,
        )
    return table


def _case(case: Case, home: Path) -> dict[str, Any]:
    certificate = certificate_record(case.certificate.certificate_id)
    return {
        "application": case.number,
        "applicant": case.name,
        "certificate": _relative(case.certificate_file, home),
        "issued_at": _iso(certificate.issued_at),
        "not_after": _iso(certificate.not_after),
        "state": certificate.state.value,
        "revoked_at": _iso(case.revoked_at),
        "ground": case.ground,
        "signature": _relative(case.signature, home),
        "verify": [
            {
                "at": _iso(verdict.at),
                "crl": _relative(verdict.crl, home),
                "full_crl": _relative(verdict.full_crl, home),
                "valid": verdict.valid,
            }
            for verdict in case.verdicts
        ],
        "answers": [{"at": _iso(at), "said": said} for at, said in case.answers],
    }


def _relative(path: Path | None, home: Path) -> str | None:
    return None if path is None else str(path.relative_to(home))


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(JST).isoformat(timespec="seconds")
