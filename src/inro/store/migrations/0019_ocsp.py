"""Certificates of the OCSP responder, kept as written."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_RESPONDER, keeping


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new table's triggers."""
    for statement in keeping(schema_editor.connection.vendor, KEPT_RESPONDER):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0017_editions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResponderCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tbs_sha256", models.CharField(max_length=64)),
                ("profile_sha256", models.CharField(max_length=64)),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("der", models.BinaryField(null=True)),
                ("sha256", models.CharField(max_length=64, null=True, unique=True)),
                (
                    "serial",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responder",
                        to="store.serialnumber",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tbs_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("tbs_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="responder_tbs_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("not_after__gt", models.F("not_before"))),
                        name="responder_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("der__isnull", True), ("sha256__isnull", True)),
                            models.Q(("der__isnull", False), ("sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="responder_signed_whole",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_rows, migrations.RunPython.noop),
    ]
