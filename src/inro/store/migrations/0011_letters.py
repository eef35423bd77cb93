"""Letters, calls, extensions, checks of the officers, proxy requests; the reply sheet as a kind of paper."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_LETTERS, keeping, lost_with

_ALTERED = ("store_auditrow", "store_document", "store_enclosure")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers, and bring back those of the tables that were altered."""
    vendor = schema_editor.connection.vendor
    again = [statement for table in _ALTERED for statement in lost_with(table, vendor)]
    for statement in (*again, *keeping(vendor, KEPT_LETTERS)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0009_examination"),
    ]

    operations = [
        migrations.CreateModel(
            name="AntisocialCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=32)),
                ("duty", models.CharField(max_length=24)),
                ("source", models.CharField(max_length=16)),
                ("result", models.CharField(max_length=12)),
                ("remark", models.CharField(max_length=400)),
                ("checked_at", models.DateTimeField()),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DeficiencyExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("extended_to", models.DateField()),
                ("reason", models.CharField(max_length=400)),
                ("extended_at", models.DateTimeField()),
                ("extended_by", models.CharField(max_length=32)),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("kind", models.CharField(max_length=32)),
                ("clause", models.CharField(max_length=16)),
                ("channel", models.CharField(max_length=12)),
                ("state", models.CharField(max_length=8)),
                ("content", models.JSONField(null=True)),
                ("content_sha256", models.CharField(max_length=64)),
                ("pdf", models.BinaryField(null=True)),
                ("pdf_sha256", models.CharField(max_length=64, null=True)),
                ("dated_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("written_at", models.DateTimeField()),
                ("written_by", models.CharField(max_length=32)),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ProxyRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=9)),
                ("arrived_on", models.DateField()),
                ("received_at", models.DateTimeField()),
                ("received_by", models.CharField(max_length=32)),
                ("proxy", models.JSONField(null=True)),
                ("reason", models.CharField(max_length=400)),
                ("verdicts", models.JSONField(default=dict)),
                ("examiner", models.CharField(max_length=32, null=True)),
                ("notified_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("decider", models.CharField(max_length=32, null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(max_length=400)),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TelephoneCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=32)),
                ("called_at", models.DateTimeField()),
                ("called_by", models.CharField(max_length=32)),
                ("spoken_to", models.CharField(max_length=100)),
                ("said", models.CharField(max_length=1000)),
                ("recorded_at", models.DateTimeField()),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="document",
            name="document_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="enclosure",
            name="enclosure_kind_known",
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
                            "examination.antisocial_checked",
                            "examination.concluded",
                            "examination.sent_back",
                            "decision.accepted",
                            "decision.rejected",
                            "decision.repeated",
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
                            "proxy.request_examined",
                            "proxy.request_deficient",
                            "proxy.request_resubmitted",
                            "proxy.request_decided",
                            "proxy.request_lapsed",
                            "letter.written",
                            "letter.released",
                            "letter.printed",
                            "letter.dropped",
                            "letter.call_recorded",
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
                            "house.staff_proposed",
                            "house.staff_proposal_withdrawn",
                            "house.duty_end_set",
                            "house.staff_dismissed",
                            "house.enrolment_code_made",
                            "house.enrolment_refused",
                            "house.entry_closed_for_a_while",
                            "house.passkey_enrolled",
                            "house.passkey_ended",
                            "house.signed_in",
                            "house.session_unlocked",
                            "house.sign_in_refused",
                            "house.signed_out",
                            "house.session_ended",
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
                            "reply_sheet",
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
                            "reply_sheet",
                            "checklist",
                            "envelope_label",
                            "other",
                        ],
                    )
                ),
                name="enclosure_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="antisocialcheck",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="antisocial_checks",
                to="store.application",
            ),
        ),
        migrations.AddField(
            model_name="deficiencyextension",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="store.application"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="store.application"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="sent",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letter",
                to="store.notice",
            ),
        ),
        migrations.AddField(
            model_name="proxyrequest",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proxy_requests",
                to="store.application",
            ),
        ),
        migrations.AddField(
            model_name="telephonecall",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="store.application"
            ),
        ),
        migrations.AddConstraint(
            model_name="antisocialcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "source__in",
                        ["news_database", "industry_list", "own_list", "police_centre", "web_search"],
                    )
                ),
                name="antisocial_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="antisocialcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["no_match", "other_person", "match"])),
                name="antisocial_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="antisocialcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("duty__in", ["examination", "acceptance"])), name="antisocial_duty_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="antisocialcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result", "no_match"),
                    models.Q(("remark", ""), _negated=True),
                    ("disposed_at__isnull", False),
                    _connector="OR",
                ),
                name="antisocial_remark_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="deficiencyextension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), ("disposed_at__isnull", False), _connector="OR"
                ),
                name="extension_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["state", "channel"], name="letter_state"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "deficiency",
                            "rejection",
                            "terms_change",
                            "service_change",
                            "discontinuation",
                            "expiry",
                            "renewal_kit",
                            "receipt_reminder",
                            "revocation",
                            "revocation_refusal",
                            "original_reminder",
                            "proxy_deficiency",
                            "stay_reminder",
                            "maintenance",
                            "stop",
                            "invoice",
                            "disclosure",
                            "compensation",
                        ],
                    )
                ),
                name="letter_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                name="letter_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["drafted", "released", "printed", "sent", "dropped"])),
                name="letter_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("content_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="letter_content_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pdf_sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("pdf_sha256"), 64),
                    _connector="OR",
                ),
                name="letter_pdf_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["drafted", "printed", "released"])),
                fields=("application", "kind"),
                name="letter_one_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("printed", "sent")), _negated=True),
                    models.Q(("dated_on__isnull", False), ("pdf_sha256__isnull", False)),
                    _connector="OR",
                ),
                name="letter_printed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent__isnull", True)),
                    _connector="OR",
                ),
                name="letter_sent_is_a_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("disposed_at__isnull", True),
                    models.Q(("content__isnull", True), ("pdf__isnull", True)),
                    _connector="OR",
                ),
                name="letter_disposed_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "deficient", "approved", "refused", "lapsed"])),
                name="proxy_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("examiner", models.F("decider")), _negated=True), name="proxy_two_persons"
            ),
        ),
        migrations.AddConstraint(
            model_name="proxyrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["deficient", "received"])),
                fields=("application",),
                name="proxy_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        ("closed_at__isnull", False), ("decider__isnull", False), ("examiner__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="proxy_approved_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("deficient", "lapsed")), _negated=True),
                    models.Q(("due_on__isnull", False), ("notified_on__isnull", False)),
                    _connector="OR",
                ),
                name="proxy_notified",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("disposed_at__isnull", True),
                    models.Q(("proxy__isnull", True), ("reason", ""), ("refusal", "")),
                    _connector="OR",
                ),
                name="proxy_disposed_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="telephonecall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "about__in",
                        [
                            "deficiency",
                            "rejection",
                            "terms_change",
                            "service_change",
                            "discontinuation",
                            "expiry",
                            "renewal_kit",
                            "receipt_reminder",
                            "revocation",
                            "revocation_refusal",
                            "original_reminder",
                            "proxy_deficiency",
                            "stay_reminder",
                            "maintenance",
                            "stop",
                            "invoice",
                            "disclosure",
                            "compensation",
                        ],
                    )
                ),
                name="call_about_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="telephonecall",
            constraint=models.CheckConstraint(
                condition=models.Q(("called_at__lte", models.F("recorded_at"))), name="call_before_its_record"
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
