"""Decisions on the house itself, and what was handed to authorities; the triggers again."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_DISCLOSURE, keeping, lost_with


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new table's triggers, and bring back those of the decisions, which were made again."""
    vendor = schema_editor.connection.vendor
    for statement in (*lost_with("store_decision", vendor), *keeping(vendor, KEPT_DISCLOSURE)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0012_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalDisclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("authority", models.CharField(max_length=200)),
                ("ground", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=200)),
                ("asked_on", models.DateField()),
                ("scope", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=32)),
                ("assertion_sha256", models.CharField(max_length=64, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_disclosures",
                        to="store.application",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_one_matter",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_purpose_known",
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            "examination",
                            "acceptance",
                            "issuance",
                            "rejection",
                            "revocation-examination",
                            "revocation",
                            "legal-disclosure",
                            "policy-change",
                            "roster-change",
                        ],
                    )
                ),
                name="decision_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("case__isnull", True)),
                    models.Q(("application__isnull", True), ("case__isnull", False)),
                    models.Q(
                        ("application__isnull", True),
                        ("case__isnull", True),
                        ("purpose__in", ["policy-change", "roster-change"]),
                    ),
                    _connector="OR",
                ),
                name="decision_one_matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="legaldisclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assertion_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("assertion_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="legal_disclosure_assertion_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="legaldisclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("authority", ""), _negated=True),
                    models.Q(("ground", ""), _negated=True),
                    models.Q(("reference", ""), _negated=True),
                ),
                name="legal_disclosure_on_ground",
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
