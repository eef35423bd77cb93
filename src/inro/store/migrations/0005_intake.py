"""Envelopes, enclosed papers, pages as kept with their redactions, and the triggers that keep them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_INTAKE, keeping, lost_with


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers, and bring back the audit log's, whose kinds of rows are now others."""
    vendor = schema_editor.connection.vendor
    for statement in (*lost_with("store_auditrow", vendor), *keeping(vendor, KEPT_INTAKE)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=32)),
                ("page", models.PositiveSmallIntegerField()),
                ("pages", models.PositiveSmallIntegerField()),
                ("state", models.CharField(max_length=8)),
                ("address", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveIntegerField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("key_label", models.CharField(max_length=32)),
                ("wrapped_key", models.BinaryField(null=True)),
                ("stored_at", models.DateTimeField()),
                ("stored_by", models.CharField(max_length=32)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("pages", models.PositiveSmallIntegerField()),
                ("original", models.BooleanField()),
                ("issuer", models.CharField(max_length=100)),
                ("issued_on", models.DateField(null=True)),
                ("shelf", models.CharField(max_length=40)),
                ("too_old", models.BooleanField()),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=32)),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("arrived_on", models.DateField()),
                ("way", models.CharField(max_length=4)),
                ("note", models.CharField(max_length=200)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verdict", models.CharField(max_length=12)),
                ("count", models.PositiveSmallIntegerField()),
                ("boxes", models.JSONField()),
                ("person", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ScanBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("source", models.CharField(max_length=8)),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.CharField(max_length=32)),
                ("ended_at", models.DateTimeField(null=True)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("lost", models.PositiveIntegerField(null=True)),
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
            model_name="document",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="store.application"
            ),
        ),
        migrations.AddField(
            model_name="enclosure",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="enclosures", to="store.application"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="enclosure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="store.enclosure"
            ),
        ),
        migrations.AddIndex(
            model_name="envelope",
            index=models.Index(fields=["arrived_on"], name="envelope_day"),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["post", "hand", "fax"])), name="envelope_way_known"
            ),
        ),
        migrations.AddField(
            model_name="enclosure",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="enclosures", to="store.envelope"
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["blacked_out", "none_there"])),
                name="redaction_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("count", 0), ("verdict", "none_there")),
                    models.Q(("count__gte", 1), ("verdict", "blacked_out")),
                    _connector="OR",
                ),
                name="redaction_says_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="redaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", ""), _negated=True), name="redaction_by_a_person"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="redaction",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="document",
                to="store.redaction",
            ),
        ),
        migrations.AddConstraint(
            model_name="scanbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["upload", "scanner"])), name="batch_source_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="scanbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", False), ("lost__isnull", True), _connector="OR"),
                name="batch_lost_at_its_end",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="store.scanbatch"
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "application_form",
                            "former_surname_form",
                            "authority_form",
                            "proxy_form",
                            "resident_record",
                            "family_register",
                            "seal_certificate",
                            "representative_seal_certificate",
                            "commercial_registry",
                            "proxy_seal_certificate",
                            "revocation_application",
                            "revocation_request",
                            "disclosure_request",
                            "receipt_slip",
                            "checklist",
                            "envelope_label",
                            "other",
                        ],
                    )
                ),
                name="enclosure_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("pages__gte", 1)), name="enclosure_has_pages"
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            [
                                "commercial_registry",
                                "family_register",
                                "proxy_seal_certificate",
                                "representative_seal_certificate",
                                "resident_record",
                                "seal_certificate",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("disposed_at__isnull", False),
                    models.Q(("issued_on__isnull", False), models.Q(("issuer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="enclosure_issued_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            [
                                "application_form",
                                "authority_form",
                                "commercial_registry",
                                "disclosure_request",
                                "family_register",
                                "former_surname_form",
                                "proxy_form",
                                "proxy_seal_certificate",
                                "receipt_slip",
                                "representative_seal_certificate",
                                "resident_record",
                                "revocation_application",
                                "revocation_request",
                                "seal_certificate",
                            ],
                        ),
                        ("original", True),
                        _negated=True,
                    ),
                    ("disposed_at__isnull", False),
                    models.Q(("shelf", ""), _negated=True),
                    _connector="OR",
                ),
                name="enclosure_original_on_shelf",
            ),
        ),
        migrations.AddConstraint(
            model_name="enclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("disposed_at__isnull", True),
                    models.Q(("issued_on__isnull", True), ("issuer", ""), ("shelf", "")),
                    _connector="OR",
                ),
                name="enclosure_disposed_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["application", "state"], name="document_of_case"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "application_form",
                            "former_surname_form",
                            "authority_form",
                            "proxy_form",
                            "resident_record",
                            "family_register",
                            "seal_certificate",
                            "representative_seal_certificate",
                            "commercial_registry",
                            "proxy_seal_certificate",
                            "revocation_application",
                            "revocation_request",
                            "disclosure_request",
                            "receipt_slip",
                            "checklist",
                            "envelope_label",
                            "other",
                        ],
                    )
                ),
                name="document_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["stored", "erased"])), name="document_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reference__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("reference"), 32),
                    _connector="OR",
                ),
                name="document_reference_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("address"), 64),
                    _connector="OR",
                ),
                name="document_address_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("content_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="document_hash_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("enclosure", "page"), name="document_page_once"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("page__gte", 1), ("page__lte", models.F("pages"))),
                name="document_page_of_pages",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["resident_record"]), _negated=True),
                    ("redaction__isnull", False),
                    _connector="OR",
                ),
                name="document_number_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erased_at__isnull", True), ("state", "stored"), ("wrapped_key__isnull", False)
                    ),
                    models.Q(
                        ("erased_at__isnull", False), ("state", "erased"), ("wrapped_key__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="document_erased_without_key",
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
