"""The words that sheets were made of, on letters, lots of a campaign, and the register."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import lost_with

_ALTERED = ("store_letter", "store_notice", "store_campaignbatch")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bring back the triggers of the tables that were altered."""
    vendor = schema_editor.connection.vendor
    for table in _ALTERED:
        for statement in lost_with(table, vendor):
            # No parameters at all: a percent sign in the functions is one.
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaignbatch",
            name="edition",
            field=models.CharField(default="", max_length=10),
        ),
        migrations.AddField(
            model_name="campaignbatch",
            name="words_sha256",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="letter",
            name="edition",
            field=models.CharField(default="", max_length=10),
        ),
        migrations.AddField(
            model_name="letter",
            name="words_sha256",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="notice",
            name="words_sha256",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.RunPython(keep_rows, migrations.RunPython.noop),
    ]
