"""The register of Corporate Numbers, and what it said of applications' organizations."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.corporate_register import create_register_table, index_register_table
from inro.store.triggers import lost_with


def make_register(_apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the empty table of published numbers, which the ORM does not know."""
    create_register_table()
    index_register_table()


def keep_audit_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bring back the triggers of the audit log, whose kinds of rows are now others."""
    for statement in lost_with("store_auditrow", schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_kept_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="CorporateNumberConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=13)),
                ("method", models.CharField(max_length=16)),
                ("published_on", models.DateField()),
                ("confirmed_on", models.DateField()),
                ("confirmed_by", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=12)),
                ("published_name", models.TextField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("successor", models.CharField(max_length=13, null=True)),
                ("name", models.TextField(null=True)),
                ("name_source", models.CharField(max_length=20, null=True)),
                ("name_verdict", models.CharField(max_length=12, null=True)),
                ("name_parts_at", models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CorporateRegisterLoad",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField()),
                ("published_on", models.DateField()),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("loaded_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
        ),
        migrations.AddConstraint(
            model_name="auditrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "application.drafted",
                            "application.explanation_recorded",
                            "application.form_printed",
                            "application.received",
                            "application.document_registered",
                            "application.number_blacked_out",
                            "application.withdrawn",
                            "application.terminated",
                            "examination.started",
                            "examination.point_recorded",
                            "examination.corporate_number_looked_up",
                            "examination.character_replaced",
                            "examination.deficiency_found",
                            "examination.deficiency_extended",
                            "examination.resubmission_received",
                            "examination.concluded",
                            "examination.sent_back",
                            "decision.accepted",
                            "decision.rejected",
                            "issuance.ordered",
                            "issuance.order_claimed",
                            "issuance.card_reserved",
                            "issuance.key_made",
                            "issuance.card_initialised",
                            "issuance.key_moved",
                            "issuance.key_erased",
                            "issuance.key_proved",
                            "issuance.mailer_intended",
                            "issuance.mailer_printed",
                            "issuance.pin_erased",
                            "issuance.handed_over",
                            "issuance.serial_reserved",
                            "issuance.signing",
                            "issuance.certificate_issued",
                            "issuance.card_finished",
                            "issuance.failed",
                            "issuance.refused",
                            "card.registered",
                            "card.spoiled",
                            "card.destroyed",
                            "card.lost",
                            "mailer.spoiled",
                            "mailer.destroyed",
                            "parcel.packed",
                            "parcel.dispatched",
                            "parcel.returned",
                            "receipt.slip_received",
                            "receipt.slip_parked",
                            "receipt.confirmed",
                            "receipt.objection_received",
                            "receipt.objection_admitted",
                            "receipt.objection_decided",
                            "proxy.request_received",
                            "proxy.request_deficient",
                            "proxy.request_decided",
                            "proxy.request_lapsed",
                            "notice.released",
                            "notice.sent",
                            "notice.arrived",
                            "notice.failed",
                            "notice.reminder_sent",
                            "notice.expiry_notice_sent",
                            "deadline.set",
                            "deadline.passed",
                            "revocation.request_received",
                            "revocation.original_received",
                            "revocation.examined",
                            "revocation.decided",
                            "revocation.refused",
                            "revocation.certificate_revoked",
                            "certificate.expired",
                            "certificate.change_reported",
                            "certificate.stay_period_recorded",
                            "list.signing",
                            "list.signed",
                            "list.published",
                            "list.read_back",
                            "list.publication_failed",
                            "repository.document_published",
                            "repository.edition_registered",
                            "repository.edition_activated",
                            "repository.discontinuation_announced",
                            "service.maintenance_planned",
                            "service.suspended",
                            "service.resumed",
                            "billing.charge_arisen",
                            "billing.invoice_issued",
                            "billing.payment_received",
                            "billing.payment_matched",
                            "billing.payment_overdue",
                            "records.data_read",
                            "records.disclosure_requested",
                            "records.disclosure_made",
                            "records.disclosure_refused",
                            "records.legal_disclosure_made",
                            "records.correction_refused",
                            "records.disposed",
                            "records.disposal_held",
                            "house.ceremony_held",
                            "house.roster_installed",
                            "house.staff_appointed",
                            "house.staff_dismissed",
                            "house.signed_in",
                            "house.sign_in_refused",
                            "house.act_refused",
                            "house.configuration_changed",
                            "house.corporate_register_loaded",
                            "house.process_started",
                            "house.process_stopped",
                            "house.anchor_signed",
                            "house.anchor_published",
                            "house.audit_verified",
                        ],
                    )
                ),
                name="audit_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="corporatenumberconfirmation",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="number_confirmations",
                to="store.application",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporateregisterload",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="register_one_load"),
        ),
        migrations.AddConstraint(
            model_name="corporateregisterload",
            constraint=models.CheckConstraint(
                condition=models.Q(("rows__gte", 1)), name="register_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="corporateregisterload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                    _connector="OR",
                ),
                name="register_hash_size",
            ),
        ),
        migrations.AddIndex(
            model_name="corporatenumberconfirmation",
            index=models.Index(fields=["application", "id"], name="confirmation_application"),
        ),
        migrations.AddIndex(
            model_name="corporatenumberconfirmation",
            index=models.Index(fields=["number"], name="confirmation_number"),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["register_file", "web_api"])),
                name="confirmation_method_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["confirmed", "not_found", "closed"])),
                name="confirmation_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("number"), 13),
                    _connector="OR",
                ),
                name="confirmation_number_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("successor"), 13),
                    _connector="OR",
                ),
                name="confirmation_successor_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_source__isnull", True),
                    ("name_source__in", ["certificate", "registry", "number_publication", "application"]),
                    _connector="OR",
                ),
                name="confirmation_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_verdict__isnull", True),
                    ("name_verdict__in", ["same", "same_reduced", "other_form", "different"]),
                    _connector="OR",
                ),
                name="confirmation_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("name__isnull", True),
                        ("name_source__isnull", True),
                        ("name_verdict__isnull", True),
                        ("outcome", "not_found"),
                        ("published_name__isnull", True),
                    ),
                    models.Q(
                        ("name__isnull", False),
                        ("name_source__isnull", False),
                        ("name_verdict__isnull", False),
                        ("published_name__isnull", False),
                        models.Q(("outcome", "not_found"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="confirmation_found_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("outcome", "closed")),
                    models.Q(
                        ("closed_on__isnull", True),
                        ("successor__isnull", True),
                        models.Q(("outcome", "closed"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="confirmation_closed_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="corporatenumberconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_on__gte", models.F("published_on"))),
                name="confirmation_after_publication",
            ),
        ),
        migrations.RunPython(make_register),
        migrations.RunPython(keep_audit_rows),
    ]
