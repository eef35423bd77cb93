"""What `inro doctor` asks of the database: reachable, up to date, holding what every house records first."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from inro.cli.finding import Finding, doubtful, missing, well
from inro.cli.refusal import Words
from inro.configuration.installation import Installation, SqliteDatabase
from inro.practice.calendar import jst_date

DATABASE = Words("データベース", "database")
MIGRATIONS = Words("データベースの版", "migrations")
CLOCK = Words("時計と記録", "clock and records")
CA_CERTIFICATE = Words("認証局証明書の記録", "CA certificate on record")
ROSTER = Words("担当者名簿", "officers' roster")
REGISTER = Words("法人番号公表データ", "published Corporate Numbers")
# The Agency publishes a new file every month.
REGISTER_SERVES = timedelta(days=62)


def records_findings(installation: Installation, *, now: datetime) -> Iterator[Finding]:
    """Yield how the database stands; what cannot be reached is not asked further."""
    chosen = installation.database
    if isinstance(chosen, SqliteDatabase) and not chosen.path.is_file():
        # Connecting would make an empty one.
        detail = Words(f"{chosen.path} がありません", f"there is no {chosen.path}")
        yield missing(
            DATABASE, detail, "restore it from the last copy, or make a new one: " + migrate(installation)
        )
        return
    try:
        _connect(installation)
        behind = unapplied_migrations()
    except (Error, ImproperlyConfigured, OSError) as error:
        detail = Words(f"接続できません: {error}", f"cannot be reached: {error}")
        yield missing(DATABASE, detail, "start the database server, or correct [database] in inro.toml")
        return
    yield well(DATABASE, Words(connection.vendor, connection.vendor))
    yield _migrations_finding(installation, behind)
    if not behind:
        yield _clock_finding(now)
        yield _ca_certificate_finding(installation.trust / "ca.der")
        yield _register_finding(now)
        yield roster_finding(now)


def migrate(installation: Installation) -> str:
    """Return the command that brings the installation's database up to date."""
    return f"inro migrate --home {installation.home}"


def _connect(installation: Installation) -> None:
    os.environ["INRO_HOME"] = str(installation.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inro.settings.process")
    django.setup()
    connection.ensure_connection()


def unapplied_migrations() -> list[str]:
    """Return the names of the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


def _migrations_finding(installation: Installation, behind: list[str]) -> Finding:
    if behind:
        listed = ", ".join(behind)
        return missing(
            MIGRATIONS, Words(f"未適用: {listed}", f"not applied: {listed}"), migrate(installation)
        )
    return well(MIGRATIONS, Words("すべて適用済み", "all applied"))


def _clock_finding(now: datetime) -> Finding:
    newest = last_record_at()
    said = f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
    if newest is not None and newest > now:
        detail = Words(
            f"時計 {said} が最後の記録 {newest:%Y-%m-%d %H:%M:%S}Z より前です",
            f"the clock says {said}, the newest record {newest:%Y-%m-%d %H:%M:%S}Z",
        )
        return missing(CLOCK, detail, "set the clock right before anything is recorded")
    return well(CLOCK, Words(said, said))


def _ca_certificate_finding(file: Path) -> Finding:
    # The models can be imported only once Django knows the installation.
    from inro.store.reads.certificate import ca_certificate_records

    do = "inro ca-certificates enter  (docs/operations/installation.md)"
    if not file.is_file():
        # That it is not there has been said among the files of the ceremony.
        return doubtful(CA_CERTIFICATE, Words("確かめられません", "cannot be compared"), do)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    if sha256 not in {one.sha256 for one in ca_certificate_records()}:
        return doubtful(CA_CERTIFICATE, Words("未記録です", "not entered yet"), do)
    return well(CA_CERTIFICATE, Words(f"SHA-256 {sha256}", f"SHA-256 {sha256}"))


def _register_finding(now: datetime) -> Finding:
    # The models can be imported only once Django knows the installation.
    from inro.store.reads.corporate_register import register_record

    loaded = register_record()
    do = "inro corporate-numbers load FILE  (see docs/operations/corporate-numbers.md)"
    if loaded is None:
        return doubtful(REGISTER, Words("未読込み", "not loaded yet"), do)
    said = f"{loaded.published_on}, {loaded.rows:,}"
    old = jst_date(now) - loaded.published_on > REGISTER_SERVES
    return doubtful(REGISTER, Words(said, said), do) if old else well(REGISTER, Words(said, said))


def roster_finding(now: datetime) -> Finding:
    """Say whether the roster on record still gives duties to somebody who was dismissed or lost them."""
    # The models can be imported only once Django knows the installation.
    from inro.pki.roster import RosterRefused
    from inro.usecases.roster import is_a_roster_on_record, overdue_changes

    if not is_a_roster_on_record():
        return doubtful(ROSTER, Words("未記録です", "not on record yet"), "inro roster install")
    do = "hold a ceremony for the next roster  (docs/operations/ceremony.md)"
    try:
        overdue = overdue_changes(now=now)
    except RosterRefused as refused:
        return missing(ROSTER, Words(refused.reason.value, refused.reason.value), do)
    if not overdue:
        return well(ROSTER, Words("職務の記録と合っています", "agrees with the record of duties"))
    people = ", ".join(one.person for one in overdue)
    detail = Words(
        f"第{overdue[0].version}版に、終わった職務が残っています: {people}",
        f"version {overdue[0].version} still has duties that ended: {people}",
    )
    return doubtful(ROSTER, detail, do)


def last_record_at() -> datetime | None:
    """Return the instant of the newest audit row."""
    # The models can be imported only once Django knows the installation.
    from inro.store.models import AuditRow

    newest = AuditRow.objects.order_by("-seq").values_list("at", flat=True).first()
    return datetime.fromisoformat(newest) if newest else None
