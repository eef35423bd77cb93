"""What the revocation desk keeps of a case: its scanned papers, a note, what was told, what follows a fax."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def documents_came_with_the_form(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count the documents as here where the form was recorded: until now both had one record."""
    cases = apps.get_model("store", "RevocationCase")
    came = cases.objects.filter(original_arrived_on__isnull=False)
    came.update(documents_arrived_on=F("original_arrived_on"))


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0024_way_of_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="revocationcase",
            name="enclosure",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revocation_case",
                to="store.enclosure",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="note",
            field=models.CharField(default="", max_length=400),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="original",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="original_of_case",
                to="store.enclosure",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="documents_arrived_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="refusal",
            field=models.CharField(default="", max_length=400),
        ),
        migrations.RemoveConstraint(model_name="revocationcase", name="case_original_after_fax"),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("documents_arrived_on__isnull", True), ("original_arrived_on__isnull", True)),
                    ("way", "fax"),
                    _connector="OR",
                ),
                name="case_original_after_fax",
            ),
        ),
        migrations.RunPython(documents_came_with_the_form, migrations.RunPython.noop),
    ]
