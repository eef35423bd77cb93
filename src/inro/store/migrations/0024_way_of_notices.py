"""Ways and words of notices, reminders on hold, addresses of calendars."""

import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import lost_with

_ALTERED = ("store_auditrow", "store_letter", "store_obligationrow", "store_campaignbatch", "store_notice")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bring back the triggers of the tables that were altered."""
    vendor = schema_editor.connection.vendor
    again = [statement for table in _ALTERED for statement in lost_with(table, vendor)]
    for statement in again:
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0021_partitions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=32)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_one_waits",
        ),
        migrations.RemoveConstraint(
            model_name="obligationrow",
            name="obligation_kind_known",
        ),
        migrations.AddField(
            model_name="campaignbatch",
            name="edition",
            field=models.CharField(default="", max_length=10),
        ),
        migrations.AddField(
            model_name="campaignbatch",
            name="words_sha256",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="letter",
            name="edition",
            field=models.CharField(default="", max_length=10),
        ),
        migrations.AddField(
            model_name="letter",
            name="wanted",
            field=models.CharField(default="", max_length=12),
        ),
        migrations.AddField(
            model_name="letter",
            name="words_sha256",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="notice",
            name="words_sha256",
            field=models.CharField(default="", max_length=64),
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
                            "house.calendar_address_made",
                            "house.calendar_address_revoked",
                        ],
                    )
                ),
                name="audit_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["drafted", "released", "printed", "held", "on_way", "sent", "failed", "dropped"],
                    )
                ),
                name="letter_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["drafted", "held", "on_way", "printed", "released"])),
                fields=("application", "kind"),
                name="letter_one_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "deficiency",
                            "proxy_deficiency",
                            "objection",
                            "slip",
                            "reminder",
                            "slip_after_reminder",
                            "late_slip_power",
                            "revocation_without_slip",
                            "change_notice",
                            "expiry_notice",
                            "expiry",
                            "discontinuation_notice",
                            "maintenance_notice",
                            "list_renewal",
                            "stay_reminder",
                            "stay_end",
                            "issuing",
                            "draft",
                            "unsettled_notice",
                            "parcel_return",
                            "original",
                            "payment",
                            "unpaid_power",
                            "retention",
                            "certificate_renewal",
                            "token_service",
                            "accreditation",
                            "backup",
                            "night_run",
                        ],
                    )
                ),
                name="obligation_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendaraddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("token_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("token_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="calendar_token_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendaraddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("person",),
                name="calendar_one_serves",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendaraddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True), ("revoked_at__gte", models.F("made_at")), _connector="OR"
                ),
                name="calendar_revoked_later",
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
