"""The demonstration's publication of Corporate Numbers: the applicants' fictional organizations (8.2)."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from inro.adapters.number_publication_file import open_publication
from inro.demo.people import Applicant
from inro.japanese.number_publication import COLUMNS, PublicationEncoding
from inro.practice.calendar import jst_date
from inro.practice.content import Organization
from inro.store.reads.corporate_register import RegisterRecord
from inro.usecases.actor import Actor
from inro.usecases.corporate_register import load_corporate_register


def load_publication(
    *, folder: Path, applicants: Iterable[Applicant], actor: Actor, now: datetime
) -> RegisterRecord:
    """Write yesterday's publication into `folder` and load it, as the CA's staff would.

    Raises: OSError, Refused, StoreError.
    """
    made_on = jst_date(now) - timedelta(days=1)
    file = _write_publication(folder=folder, applicants=applicants, made_on=made_on)
    with open_publication(file, told=lambda _octets: None) as publication:
        return load_corporate_register(
            entries=publication.entries,
            published_on=publication.published_on or made_on,
            sha256=publication.sha256,
            actor=actor,
            now=now,
        )


def _write_publication(*, folder: Path, applicants: Iterable[Applicant], made_on: date) -> Path:
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
