"""The demonstration's publication of Corporate Numbers: the applicants' fictional organizations (8.2)."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from inro.demo.people import Applicant
from inro.japanese.number_publication import COLUMNS, PublicationEncoding
from inro.practice.content import Organization


def write_publication(*, folder: Path, applicants: Iterable[Applicant], made_on: date) -> Path:
    """Write a file as the National Tax Agency publishes it, and return it.

    Raises: OSError.
    """
    folder.mkdir()
    name = f"00_zenkoku_all_{made_on:%Y%m%d}"
    organizations = [one.content.organization for one in applicants if one.content.organization]
    rows = io.StringIO()
    writer = csv.writer(rows)
    for sequence, organization in enumerate(organizations, start=1):
        writer.writerow(_row(sequence, organization, made_on))
    file = folder / f"{name}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.csv", rows.getvalue().encode(PublicationEncoding.UTF_8))
    return file


def _row(sequence: int, organization: Organization, made_on: date) -> list[str]:
    stated = {
        "sequenceNumber": str(sequence),
        "corporateNumber": organization.corporate_number or "",
        "process": "01",
        "correct": "0",
        "updateDate": made_on.isoformat(),
        "changeDate": made_on.isoformat(),
        "name": organization.name,
        "kind": "302" if "有限会社" in organization.name else "301",
        "prefectureName": organization.prefecture,
        "cityName": organization.city,
        "streetNumber": organization.street,
        "assignmentDate": made_on.isoformat(),
        "latest": "1",
        "hihyoji": "0",
    }
    return [stated.get(column, "") for column in COLUMNS]
