"""Campaigns by e-mail and fax, and notices given by hand."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_BY_HAND, keeping, lost_with

_ALTERED = ("store_auditrow", "store_campaignbatch", "store_campaignitem")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new table's triggers, and bring back those of the tables made anew."""
    vendor = schema_editor.connection.vendor
    again = [statement for table in _ALTERED for statement in lost_with(table, vendor)]
    for statement in (*again, *keeping(vendor, KEPT_BY_HAND)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0022_probes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignByHand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=12)),
                ("served_on", models.DateField()),
                ("reason", models.CharField(max_length=400)),
                ("sha256", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=32)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.CharField(max_length=32, null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_by", models.CharField(max_length=32, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="campaignitem",
            name="campaignitem_printed_whole",
        ),
        migrations.AddField(
            model_name="campaignbatch",
            name="channel",
            field=models.CharField(default="post", max_length=12),
        ),
        migrations.AddField(
            model_name="campaignitem",
            name="failed",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="failed_item",
                to="store.notice",
            ),
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
                            "letter.held",
                            "letter.resumed",
                            "letter.dropped",
                            "letter.call_recorded",
                            "notice.released",
                            "notice.tried",
                            "notice.postponed",
                            "notice.doubted",
                            "notice.sent",
                            "notice.arrived",
                            "notice.failed",
                            "notice.handled",
                            "notice.reminder_sent",
                            "notice.expiry_notice_sent",
                            "campaign.planned",
                            "campaign.extended",
                            "campaign.released",
                            "campaign.withdrawn",
                            "campaign.batch_printed",
                            "campaign.batch_posted",
                            "campaign.messages_prepared",
                            "campaign.messages_released",
                            "campaign.fell_to_post",
                            "campaign.by_hand_recorded",
                            "campaign.by_hand_confirmed",
                            "campaign.by_hand_dropped",
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
                            "probe.changed",
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
                            "house.calendar_address_made",
                            "house.calendar_address_revoked",
                        ],
                    )
                ),
                name="audit_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                name="campaignbatch_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "printed"), _negated=True),
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
                    models.Q(("state", "sent"), _negated=True),
                    ("content_sha256__isnull", False),
                    _connector="OR",
                ),
                name="campaignitem_sent_hash",
            ),
        ),
        migrations.AddField(
            model_name="campaignbyhand",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="by_hand", to="store.campaignitem"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbyhand",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                name="byhand_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbyhand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                    _connector="OR",
                ),
                name="byhand_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbyhand",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_by", models.F("confirmed_by")), _negated=True),
                name="byhand_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbyhand",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_at__isnull", True)), fields=("item",), name="byhand_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbyhand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        ("dropped_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="byhand_confirmed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignbyhand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_at__isnull", True), ("dropped_by__isnull", True)),
                    models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                    _connector="OR",
                ),
                name="byhand_dropped_whole",
            ),
        ),
        migrations.RunPython(keep_rows, migrations.RunPython.noop),
    ]
