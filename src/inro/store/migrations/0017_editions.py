"""Editions of the terms on record with their texts; certificates by the day of their issue."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_EDITIONS, keeping


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers."""
    for statement in keeping(schema_editor.connection.vendor, KEPT_EDITIONS):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0014_obligations"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TermsEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=10, unique=True)),
                ("effective_from", models.DateField(unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=32)),
                ("activated_at", models.DateTimeField(null=True)),
                ("activated_by", models.CharField(max_length=32, null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["role", "issued_at", "application"], name="certificate_issued"),
        ),
        migrations.AddConstraint(
            model_name="termsedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                    _connector="OR",
                ),
                name="edition_hash_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="termsedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("activated_at__isnull", True), ("activated_by__isnull", True)),
                    models.Q(("activated_at__isnull", False), ("activated_by__isnull", False)),
                    _connector="OR",
                ),
                name="edition_activated_whole",
            ),
        ),
        migrations.AddField(
            model_name="editiontext",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="store.termsedition"
            ),
        ),
        migrations.AddConstraint(
            model_name="editiontext",
            constraint=models.UniqueConstraint(fields=("edition", "kind"), name="edition_text_once"),
        ),
        migrations.AddConstraint(
            model_name="editiontext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                    _connector="OR",
                ),
                name="edition_text_hash_size",
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
