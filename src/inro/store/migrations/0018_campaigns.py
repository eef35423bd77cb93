"""Campaigns: each with its items and the lots its letters are posted in."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_CAMPAIGNS, keeping, lost_with


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers, and bring back the audit log's, whose kinds of rows are now others."""
    vendor = schema_editor.connection.vendor
    for statement in (*lost_with("store_auditrow", vendor), *keeping(vendor, KEPT_CAMPAIGNS)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0016_post"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("state", models.CharField(max_length=12)),
                ("subject", models.JSONField()),
                ("subject_sha256", models.CharField(max_length=64)),
                ("deadline", models.JSONField(null=True)),
                ("planned_at", models.DateTimeField()),
                ("planned_by", models.CharField(max_length=32)),
                ("released_at", models.DateTimeField(null=True)),
                ("released_by", models.CharField(max_length=32, null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("listed_at", models.DateTimeField(null=True)),
                ("listed", models.PositiveIntegerField(null=True)),
                ("listed_sha256", models.CharField(max_length=64, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CampaignBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=32)),
                ("items", models.PositiveIntegerField()),
                ("dated_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=32)),
                ("pdf", models.BinaryField(null=True)),
                ("pdf_sha256", models.CharField(max_length=64)),
                ("postmark", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CampaignItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("channel", models.CharField(max_length=12, null=True)),
                ("state", models.CharField(max_length=8)),
                ("exclusion", models.CharField(max_length=20, null=True)),
                ("place", models.PositiveIntegerField(null=True)),
                ("content", models.JSONField(null=True)),
                ("content_sha256", models.CharField(max_length=64, null=True)),
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
                            "queue.case_taken",
                            "queue.case_returned",
                            "queue.case_taken_over",
                            "queue.export_requested",
                            "queue.export_released",
                            "queue.export_written",
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
                            "parcel.numbered",
                            "parcel.listed",
                            "parcel.unlisted",
                            "parcel.opened",
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
                            "campaign.planned",
                            "campaign.extended",
                            "campaign.released",
                            "campaign.withdrawn",
                            "campaign.batch_printed",
                            "campaign.batch_posted",
                            "campaign.list_written",
                            "campaign.revocations_listed",
                            "campaign.finished",
                            "deadline.set",
                            "deadline.passed",
                            "revocation.request_received",
                            "revocation.original_received",
                            "revocation.examined",
                            "revocation.decided",
                            "revocation.refused",
                            "revocation.power_declined",
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
        migrations.AddField(
            model_name="campaign",
            name="page",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="page_of",
                to="store.notice",
            ),
        ),
        migrations.AddField(
            model_name="campaignbatch",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="store.campaign"
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaign_items",
                to="store.application",
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batch_items",
                to="store.campaignbatch",
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="store.campaign"
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="notice",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaign_item",
                to="store.notice",
            ),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="past",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaign_items",
                to="store.pastapplication",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "terms_change",
                            "discontinuation",
                            "maintenance",
                            "renewal",
                            "stay_end",
                            "organization",
                        ],
                    )
                ),
                name="campaign_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "released", "finished", "withdrawn"])),
                name="campaign_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subject_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("subject_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="campaign_subject_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("listed_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("listed_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="campaign_listed_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_by", models.F("released_by")), _negated=True),
                name="campaign_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("subject_sha256",),
                name="campaign_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="campaign_released_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("released", "finished")), _negated=True),
                    ("released_by__isnull", False),
                    _connector="OR",
                ),
                name="campaign_goes_after_release",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("listed__isnull", True), ("listed_at__isnull", True), ("listed_sha256__isnull", True)
                    ),
                    models.Q(
                        ("listed__isnull", False),
                        ("listed_at__isnull", False),
                        ("listed_sha256__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="campaign_listed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbatch",
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
                name="campaignbatch_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pdf_sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("pdf_sha256"), 64),
                    _connector="OR",
                ),
                name="campaignbatch_pdf_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbatch",
            constraint=models.UniqueConstraint(fields=("campaign", "number"), name="campaignbatch_once"),
        ),
        migrations.AddConstraint(
            model_name="campaignbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("items__gte", 1)), name="campaignbatch_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("postmark__isnull", True), ("postmark__gte", models.F("dated_on")), _connector="OR"
                ),
                name="campaignbatch_posted_later",
            ),
        ),
        migrations.AddIndex(
            model_name="campaignitem",
            index=models.Index(fields=["campaign", "state", "kind", "id"], name="campaignitem_next"),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
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
                name="campaignitem_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                name="campaignitem_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "printed", "sent", "excluded"])),
                name="campaignitem_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "exclusion__in",
                        [
                            "no_certificate",
                            "revoked",
                            "ended",
                            "ends_before",
                            "renewal_under_way",
                            "disposed",
                            "unprintable",
                        ],
                    )
                ),
                name="campaignitem_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("content_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="campaignitem_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("application__isnull", False)),
                fields=("campaign", "application", "kind"),
                name="campaignitem_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("past__isnull", False)),
                fields=("campaign", "past", "kind"),
                name="campaignitem_past_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("past__isnull", True)),
                    models.Q(("application__isnull", True), ("past__isnull", False)),
                    _connector="OR",
                ),
                name="campaignitem_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("exclusion__isnull", False), ("state", "excluded")),
                    models.Q(models.Q(("state", "excluded"), _negated=True), ("exclusion__isnull", True)),
                    _connector="OR",
                ),
                name="campaignitem_excluded_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("printed", "sent")), _negated=True),
                    models.Q(
                        ("batch__isnull", False), ("content_sha256__isnull", False), ("place__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="campaignitem_printed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("notice__isnull", True)),
                    _connector="OR",
                ),
                name="campaignitem_sent_is_a_notice",
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
