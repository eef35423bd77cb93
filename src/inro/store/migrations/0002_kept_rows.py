"""The triggers that keep written rows as written, and the empty chain's head."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import statements


def keep_rows(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the head of the empty chain, then create the triggers."""
    apps.get_model("store", "AuditHead").objects.create(id=1, seq=0, hash="0" * 64)
    for statement in statements(schema_editor.connection.vendor):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Runs in the migration's own transaction on both databases; it has no way back."""

    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(keep_rows)]
