"""The ledger of deadlines, and the nights that went through it."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_LEDGER, keeping


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the ledger's triggers: a row keeps what it says, whatever becomes of it."""
    for statement in keeping(schema_editor.connection.vendor, KEPT_LEDGER):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0013_house_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="NightRun",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("reached", models.PositiveIntegerField(default=0)),
                ("expired", models.PositiveIntegerField(default=0)),
                ("drafts", models.PositiveIntegerField(default=0)),
                ("lapsed", models.PositiveIntegerField(default=0)),
                ("proposed", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ObligationRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=24)),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("clause", models.CharField(max_length=16)),
                ("due_on", models.DateField()),
                ("reached_from", models.DateTimeField()),
                ("deadline", models.JSONField()),
                ("state", models.CharField(default="open", max_length=8)),
                ("opened_by", models.CharField(max_length=40)),
                ("opened_subject", models.CharField(max_length=80)),
                ("opened_at", models.DateTimeField()),
                ("closed_by", models.CharField(max_length=40, null=True)),
                ("closed_subject", models.CharField(max_length=80, null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "reached_from", "id"], name="obligation_to_mark"),
                    models.Index(
                        condition=models.Q(("state", "done"), _negated=True),
                        fields=["reached_from", "id"],
                        name="obligation_owed",
                    ),
                    models.Index(
                        condition=models.Q(("state", "done"), _negated=True),
                        fields=["kind", "reached_from", "id"],
                        name="obligation_kind_owed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "deficiency",
                                    "proxy_deficiency",
                                    "objection",
                                    "slip",
                                    "reminder",
                                    "slip_after_reminder",
                                    "late_slip_power",
                                    "revocation_without_slip",
                                    "change_notice",
                                    "expiry_notice",
                                    "expiry",
                                    "discontinuation_notice",
                                    "maintenance_notice",
                                    "list_renewal",
                                    "stay_reminder",
                                    "stay_end",
                                    "issuing",
                                    "draft",
                                    "parcel_return",
                                    "original",
                                    "payment",
                                    "unpaid_power",
                                    "retention",
                                    "certificate_renewal",
                                    "token_service",
                                    "accreditation",
                                    "backup",
                                    "night_run",
                                ],
                            )
                        ),
                        name="obligation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "reached", "done"])),
                        name="obligation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                                ("closed_subject__isnull", True),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("closed_subject__isnull", False),
                                ("state", "done"),
                            ),
                            _connector="OR",
                        ),
                        name="obligation_closed_by_event",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("application__isnull", False)
                        ),
                        fields=("application", "kind", "turn"),
                        name="obligation_owed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("application__isnull", True)
                        ),
                        fields=("subject", "kind", "turn"),
                        name="obligation_of_platform_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_rows),
    ]
