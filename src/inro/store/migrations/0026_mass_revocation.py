"""Mass revocations: their list, whose cases they are, decisions on no single case."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_MASS, keeping, lost_with

_ALTERED = ("store_auditrow", "store_decision")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep what was planned, and bring back the triggers of the tables that were altered."""
    vendor = schema_editor.connection.vendor
    again = [statement for table in _ALTERED for statement in lost_with(table, vendor)]
    for statement in (*again, *keeping(vendor, KEPT_MASS)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0025_campaign_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="MassRevocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("criterion", models.JSONField()),
                ("ground", models.CharField(max_length=32)),
                ("state", models.CharField(max_length=12)),
                ("count", models.PositiveIntegerField()),
                ("serials_sha256", models.CharField(max_length=64)),
                ("left_out", models.JSONField()),
                ("requested_at", models.DateTimeField()),
                ("prepared_by", models.CharField(max_length=32)),
                ("examiner", models.CharField(max_length=32, null=True)),
                ("examined_at", models.DateTimeField(null=True)),
                ("decider", models.CharField(max_length=32, null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_for", models.CharField(max_length=64, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
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
                    models.Q(("application__isnull", False), ("case__isnull", True)),
                    models.Q(("application__isnull", True), ("case__isnull", False)),
                    models.Q(
                        ("application__isnull", True),
                        ("case__isnull", True),
                        (
                            "purpose__in",
                            ["policy-change", "revocation", "revocation-examination", "roster-change"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="decision_one_matter",
            ),
        ),
        migrations.AddField(
            model_name="massrevocation",
            name="decision",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decides_mass",
                to="store.decision",
            ),
        ),
        migrations.AddField(
            model_name="massrevocation",
            name="examination",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="examines_mass",
                to="store.decision",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="mass",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="store.massrevocation",
            ),
        ),
        migrations.AddIndex(
            model_name="revocationcase",
            index=models.Index(
                condition=models.Q(("mass__isnull", False)), fields=["mass", "state"], name="case_of_mass"
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mass__isnull", True),
                    models.Q(
                        ("invoker", "ca"), ("state__in", ("decided", "revoked", "published", "refused"))
                    ),
                    _connector="OR",
                ),
                name="case_of_mass_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["planned", "examined", "decided", "revoked", "published", "dropped"])
                ),
                name="mass_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("serials_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("serials_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="mass_serials_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ground__in",
                        [
                            "11.3",
                            "22.1(2)/compromised",
                            "22.1(2)/feared",
                            "22.1(3)/feared",
                            "22.1(3)/misused",
                            "22.1(4)/organization",
                            "22.1(4)/other",
                            "22.1(5)/compromised",
                            "22.1(5)/feared",
                            "22.1(6)",
                            "22.1(7)",
                            "22.1(8)",
                            "22.1(9)",
                            "35.3",
                            "46",
                        ],
                    )
                ),
                name="mass_ground_of_the_ca",
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="mass_of_some"),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("examiner", models.F("decider")), _negated=True), name="mass_two_officers"
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("examined", "decided", "revoked", "published")), _negated=True),
                    models.Q(
                        ("examination__isnull", False),
                        ("examined_at__isnull", False),
                        ("examiner__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="mass_examined_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("decided", "revoked", "published")), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False), ("decider__isnull", False), ("decision__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="mass_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("revoked", "published")), _negated=True),
                    ("revoked_at__isnull", False),
                    _connector="OR",
                ),
                name="mass_revoked_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="massrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_at__isnull", False), ("state", "dropped")),
                    models.Q(
                        models.Q(("state", "dropped"), _negated=True),
                        ("dropped_at__isnull", True),
                        ("dropped_for__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="mass_dropped_whole",
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
