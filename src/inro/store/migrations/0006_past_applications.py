"""Applications imported from before this platform, what renews them, and the triggers that keep them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_PAST, keeping, lost_with


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers, and bring back the audit log's, whose kinds of rows are now others."""
    vendor = schema_editor.connection.vendor
    for statement in (*lost_with("store_auditrow", vendor), *keeping(vendor, KEPT_PAST)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0005_intake"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=32)),
                ("applied_on", models.DateField()),
                ("certificate_number", models.CharField(max_length=40)),
                ("ends_on", models.DateField()),
                ("stated", models.JSONField(null=True)),
                ("content_sha256", models.CharField(max_length=64)),
                ("line", models.PositiveIntegerField()),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PastImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_sha256", models.CharField(max_length=64)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("imported_at", models.DateTimeField()),
                ("imported_by", models.CharField(max_length=32)),
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
                            "draft.begun",
                            "draft.closed_for_a_while",
                            "draft.expired_deleted",
                            "intake.batch_taken",
                            "intake.batch_ended",
                            "intake.page_discarded",
                            "intake.envelope_received",
                            "intake.enclosure_registered",
                            "application.drafted",
                            "application.explanation_recorded",
                            "application.terms_consented",
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
                            "records.past_applications_imported",
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
            model_name="application",
            name="past",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewals",
                to="store.pastapplication",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor__isnull", True), ("past__isnull", True), _connector="OR"),
                name="application_renews_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("file_sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("file_sha256"), 64),
                    _connector="OR",
                ),
                name="past_import_hash_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("added__lte", models.F("lines"))), name="past_import_adds_up"
            ),
        ),
        migrations.AddField(
            model_name="pastapplication",
            name="came_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="store.pastimport",
            ),
        ),
        migrations.AddIndex(
            model_name="pastapplication",
            index=models.Index(fields=["ends_on"], name="past_ends"),
        ),
        migrations.AddConstraint(
            model_name="pastapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(("service__in", ["present", "predecessor"])), name="past_service_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="pastapplication",
            constraint=models.UniqueConstraint(fields=("service", "number"), name="past_number_once"),
        ),
        migrations.AddConstraint(
            model_name="pastapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("content_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="past_content_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disposed_at__isnull", True), ("stated__isnull", False)),
                    models.Q(("disposed_at__isnull", False), ("stated__isnull", True)),
                    _connector="OR",
                ),
                name="past_disposed_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("applied_on"))), name="past_ends_later"
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
