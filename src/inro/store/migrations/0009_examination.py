"""Checklists as shown, verdicts on their items, and the triggers that keep them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_EXAMINATION, keeping


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers."""
    for statement in keeping(schema_editor.connection.vendor, KEPT_EXAMINATION):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0008_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShownChecklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField()),
                ("shown_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="checklist_hash_size",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=40)),
                ("verdict", models.CharField(max_length=9)),
                ("reason", models.CharField(max_length=400)),
                ("read", models.CharField(max_length=300)),
                ("version", models.PositiveIntegerField()),
                ("shown_sha256", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("disposed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="store.application",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="store.shownchecklist",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["fit", "deficient", "held", "match"])),
                        name="verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("shown_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="verdict_hash_size",
                    ),
                    models.UniqueConstraint(fields=("application", "item"), name="verdict_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="verdict_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "deficient"), _negated=True),
                            ("disposed_at__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="verdict_deficient_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disposed_at__isnull", True),
                            models.Q(("read", ""), ("reason", "")),
                            _connector="OR",
                        ),
                        name="verdict_disposed_empty",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_rows),
    ]
