"""Parts of the CRL, fixed for a certificate with its serial number; lists that may not be published."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_LISTS, keeping_more, lost_with


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bring back the triggers of the tables that were altered, and keep the new columns too."""
    vendor = schema_editor.connection.vendor
    again = [
        statement
        for table in ("store_serialnumber", "store_listintent")
        for statement in lost_with(table, vendor)
    ]
    for statement in (*again, *keeping_more(vendor, KEPT_LISTS)):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_notices"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="listintent",
            name="list_intent_once",
        ),
        migrations.RemoveConstraint(
            model_name="revocationlist",
            name="list_once",
        ),
        migrations.AddField(
            model_name="listintent",
            name="partition",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="revocationlist",
            name="partition",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="revocationlist",
            name="stopped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="revocationlist",
            name="stopped_for",
            field=models.CharField(max_length=12, null=True),
        ),
        migrations.AddField(
            model_name="revokedentry",
            name="partition",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="serialnumber",
            name="partition",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="listintent",
            constraint=models.UniqueConstraint(
                fields=("kind", "partition", "number"), name="list_intent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="listintent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partition", 0),
                    models.Q(("kind", "crl"), ("partition__range", (1, 256))),
                    _connector="OR",
                ),
                name="list_intent_partition_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationlist",
            constraint=models.UniqueConstraint(fields=("kind", "partition", "number"), name="list_once"),
        ),
        migrations.AddConstraint(
            model_name="revocationlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partition", 0),
                    models.Q(("kind", "crl"), ("partition__range", (1, 256))),
                    _connector="OR",
                ),
                name="list_partition_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stopped_for__in", ["broken", "foreign", "expired", "future", "older", "shrunk"])
                ),
                name="list_stop_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stopped_at__isnull", True), ("stopped_for__isnull", True)),
                    models.Q(("stopped_at__isnull", False), ("stopped_for__isnull", False)),
                    _connector="OR",
                ),
                name="list_stopped_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="revokedentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partition", 0),
                    models.Q(("partition__range", (1, 256)), ("scope", "subscriber")),
                    _connector="OR",
                ),
                name="entry_partition_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="serialnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partition", 0),
                    models.Q(("order__isnull", False), ("partition__range", (1, 256))),
                    _connector="OR",
                ),
                name="serial_partition_known",
            ),
        ),
        migrations.RunPython(keep_rows, migrations.RunPython.noop),
    ]
