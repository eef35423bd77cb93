"""Parcels packed and listed, reasons of returns, slips on their shelf, powers declined."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import lost_with


def give_reasons(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say of parcels that came back before reasons were asked for that the reason is another one."""
    parcels = apps.get_model("store", "Parcel")
    parcels.objects.filter(returned_on__isnull=False).update(return_reason="other")


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bring back the triggers of the audit log, whose kinds of rows are now others."""
    for statement in lost_with("store_auditrow", schema_editor.connection.vendor):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0019_ocsp"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeclinedPower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("power", models.CharField(max_length=8)),
                ("facts_sha256", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=400)),
                ("declined_at", models.DateTimeField()),
                ("declined_by", models.CharField(max_length=32)),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Packing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("mail", models.CharField(max_length=24)),
                ("address", models.CharField(max_length=32)),
                ("tracking_number", models.CharField(max_length=11, null=True)),
                ("state", models.CharField(max_length=8)),
                ("packed_at", models.DateTimeField()),
                ("packed_by", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="PostingList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("day", models.DateField()),
                ("drawn_up_at", models.DateTimeField()),
                ("drawn_up_by", models.CharField(max_length=32)),
                ("accepted_on", models.DateField(null=True)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("handed_over_by", models.CharField(max_length=32, null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
        ),
        migrations.AddField(
            model_name="parcel",
            name="return_reason",
            field=models.CharField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name="receiptslip",
            name="disposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="receiptslip",
            name="shelf",
            field=models.CharField(default="不明", max_length=40),
            preserve_default=False,
        ),
        migrations.RunPython(give_reasons),
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
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "return_reason__in",
                        ["not_collected", "address_unknown", "moved", "name_differs", "refused", "other"],
                    )
                ),
                name="parcel_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("return_reason__isnull", True), ("returned_on__isnull", True)),
                    models.Q(("return_reason__isnull", False), ("returned_on__isnull", False)),
                    _connector="OR",
                ),
                name="parcel_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptslip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shelf", ""), _negated=True), ("disposed_at__isnull", False), _connector="OR"
                ),
                name="slip_on_a_shelf",
            ),
        ),
        migrations.AddField(
            model_name="declinedpower",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="declined_powers",
                to="store.application",
            ),
        ),
        migrations.AddField(
            model_name="packing",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="packings", to="store.application"
            ),
        ),
        migrations.AddField(
            model_name="packing",
            name="card",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="packings",
                to="store.card",
            ),
        ),
        migrations.AddField(
            model_name="packing",
            name="mailer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="packings",
                to="store.mailer",
            ),
        ),
        migrations.AddField(
            model_name="packing",
            name="parcel",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="packing",
                to="store.parcel",
            ),
        ),
        migrations.AddConstraint(
            model_name="postinglist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted_on__isnull", True),
                        ("handed_over_at__isnull", True),
                        ("handed_over_by__isnull", True),
                    ),
                    models.Q(
                        ("accepted_on__isnull", False),
                        ("handed_over_at__isnull", False),
                        ("handed_over_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="list_handed_over_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="postinglist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_up_at__isnull", True), ("handed_over_at__isnull", True), _connector="OR"
                ),
                name="list_ends_once",
            ),
        ),
        migrations.AddField(
            model_name="packing",
            name="posting_list",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="packings",
                to="store.postinglist",
            ),
        ),
        migrations.AddConstraint(
            model_name="declinedpower",
            constraint=models.CheckConstraint(
                condition=models.Q(("power__in", ["22.1(1)", "35.3"])), name="power_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="declinedpower",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("facts_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("facts_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="power_facts_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="declinedpower",
            constraint=models.UniqueConstraint(
                fields=("application", "power", "facts_sha256"), name="power_declined_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="declinedpower",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), ("disposed_at__isnull", False), _connector="OR"
                ),
                name="power_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="packing",
            index=models.Index(fields=["state", "mail"], name="packing_state"),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["packed", "listed", "posted", "opened"])),
                name="packing_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ["restricted_delivery", "simplified_registered"])),
                name="packing_mail_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.CheckConstraint(
                condition=models.Q(("address__in", ["subscriber_resident_record", "proxy_seal_certificate"])),
                name="packing_address_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.CheckConstraint(
                condition=models.Q(("card__isnull", False), ("mailer__isnull", False), _connector="OR"),
                name="packing_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address", "subscriber_resident_record"), ("mailer__isnull", True), _connector="OR"
                ),
                name="packing_proxy_gets_no_pin",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["listed", "packed"])),
                fields=("card",),
                name="packing_card_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["listed", "packed"])),
                fields=("mailer",),
                name="packing_mailer_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["listed", "packed"])),
                fields=("tracking_number",),
                name="packing_numbered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["listed", "packed"]),
                    models.Q(("card__isnull", True), ("mailer__isnull", True), _connector="OR"),
                ),
                fields=("application", "packed_by"),
                name="packing_proxy_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("parcel__isnull", False), ("state", "posted")),
                    models.Q(models.Q(("state", "posted"), _negated=True), ("parcel__isnull", True)),
                    _connector="OR",
                ),
                name="packing_posted_is_a_parcel",
            ),
        ),
        migrations.AddConstraint(
            model_name="packing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("listed", "posted")), _negated=True),
                    models.Q(("posting_list__isnull", False), ("tracking_number__isnull", False)),
                    _connector="OR",
                ),
                name="packing_listed_whole",
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
