"""The empty chain's head, the register of Corporate Numbers, the triggers that keep written rows as written."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.corporate_register import create_register_table, index_register_table
from inro.store.triggers import keep_rows


def begin_the_chain(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the head of the empty chain."""
    apps.get_model("store", "AuditHead").objects.create(id=1, seq=0, hash="0" * 64)


def make_register(_apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the empty table of published numbers, which the ORM does not know."""
    create_register_table()
    index_register_table()


class Migration(migrations.Migration):
    """Runs in the migration's own transaction on both databases; it has no way back."""

    dependencies = [("store", "0001_initial")]
    operations = [
        migrations.RunPython(begin_the_chain),
        migrations.RunPython(make_register),
        migrations.RunPython(keep_rows),
    ]
