"""The end of the service, and the decisions on it; the triggers of the tables altered for them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_DISCONTINUATION, keeping, lost_with

_ALTERED = ("store_auditrow", "store_decision")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep the new table's rows, and bring back the triggers of the tables that were altered."""
    vendor = schema_editor.connection.vendor
    again = [statement for table in _ALTERED for statement in lost_with(table, vendor)]
    for statement in (*again, *keeping(vendor, KEPT_DISCONTINUATION)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0026_mass_revocation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Discontinuation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standing", models.PositiveSmallIntegerField(default=1, null=True, unique=True)),
                ("last_day", models.DateField()),
                ("state", models.CharField(max_length=16)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.CharField(max_length=32)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(max_length=32, null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("cases", models.PositiveIntegerField(null=True)),
                ("cases_opened_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("lists_signed_at", models.DateTimeField(null=True)),
                ("keys_destroyed_at", models.DateTimeField(null=True)),
                ("transcript_sha256", models.CharField(max_length=64, null=True)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("receiver", models.CharField(max_length=200, null=True)),
                ("manifest_sha256", models.CharField(max_length=64, null=True)),
                ("receipt_sha256", models.CharField(max_length=64, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_purpose_known",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_one_matter",
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
                            "revocation.mass_planned",
                            "revocation.mass_selectors_disagreed",
                            "revocation.mass_rehearsed",
                            "revocation.mass_examined",
                            "revocation.mass_decided",
                            "revocation.mass_dropped",
                            "revocation.mass_stopped",
                            "revocation.mass_revoked",
                            "revocation.mass_published",
                            "revocation.mass_list_written",
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
                            "discontinuation.proposed",
                            "discontinuation.decided",
                            "discontinuation.withdrawn",
                            "discontinuation.all_told",
                            "discontinuation.cases_opened",
                            "discontinuation.all_revoked",
                            "discontinuation.last_lists_proposed",
                            "discontinuation.last_lists_decided",
                            "discontinuation.last_lists_signed",
                            "discontinuation.keys_destroyed",
                            "discontinuation.records_written",
                            "discontinuation.records_handed_over",
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
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            "examination",
                            "acceptance",
                            "issuance",
                            "rejection",
                            "revocation-examination",
                            "revocation",
                            "legal-disclosure",
                            "policy-change",
                            "roster-change",
                            "discontinuation-proposal",
                            "discontinuation",
                            "last-lists-proposal",
                            "last-lists",
                        ],
                    )
                ),
                name="decision_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("case__isnull", True)),
                    models.Q(("application__isnull", True), ("case__isnull", False)),
                    models.Q(
                        ("application__isnull", True),
                        ("case__isnull", True),
                        (
                            "purpose__in",
                            [
                                "discontinuation",
                                "discontinuation-proposal",
                                "last-lists",
                                "last-lists-proposal",
                                "policy-change",
                                "revocation",
                                "revocation-examination",
                                "roster-change",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="decision_one_matter",
            ),
        ),
        migrations.AddField(
            model_name="discontinuation",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discontinuations",
                to="store.campaign",
            ),
        ),
        migrations.AddConstraint(
            model_name="discontinuation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "proposed",
                            "decided",
                            "told",
                            "revoking",
                            "revoked",
                            "lists_proposed",
                            "lists_decided",
                            "listed",
                            "keys_destroyed",
                            "handed_over",
                            "withdrawn",
                        ],
                    )
                ),
                name="discontinuation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="discontinuation",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by", models.F("decided_by")), _negated=True),
                name="discontinuation_two_officers",
            ),
        ),
        migrations.AddConstraint(
            model_name="discontinuation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("transcript_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("transcript_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="discontinuation_transcript_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="discontinuation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("manifest_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("manifest_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="discontinuation_manifest_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="discontinuation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("receipt_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("receipt_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="discontinuation_receipt_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="discontinuation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing__isnull", True), ("state", "withdrawn")),
                    models.Q(models.Q(("state", "withdrawn"), _negated=True), ("standing", 1)),
                    _connector="OR",
                ),
                name="discontinuation_one_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="discontinuation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("proposed", "withdrawn")), ("decided_by__isnull", False), _connector="OR"
                ),
                name="discontinuation_decided_whole",
            ),
        ),
        migrations.RunPython(keep_rows, migrations.RunPython.noop),
    ]
