"""Duties, passkeys, enrolment codes and proposals of the staff, and the triggers that keep them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_STAFF, keeping, lost_with


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers, and bring back the audit log's, whose kinds of rows are now others."""
    vendor = schema_editor.connection.vendor
    for statement in (*lost_with("store_auditrow", vendor), *keeping(vendor, KEPT_STAFF)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_past_applications"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnrolmentCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_salt", models.BinaryField()),
                ("first_hash", models.BinaryField()),
                ("second_salt", models.BinaryField()),
                ("second_hash", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="HeldDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("duty", models.CharField(max_length=32)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("credential_id", models.BinaryField(unique=True)),
                ("public_key", models.BinaryField()),
                ("sign_count", models.BigIntegerField()),
                ("synced", models.BooleanField()),
                ("label", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(max_length=32, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RefusedEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about_sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StaffProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("state", models.CharField(default="open", max_length=16)),
                ("person", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=100)),
                ("duties", models.JSONField(default=list)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("code_salt", models.BinaryField(null=True)),
                ("code_first_hash", models.BinaryField(null=True)),
                ("proposed_by", models.CharField(max_length=32)),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=32, null=True)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditrow",
            name="audit_kind_known",
        ),
        migrations.AddField(
            model_name="staffmember",
            name="dismissed_at",
            field=models.DateTimeField(null=True),
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
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dismissed_at__isnull", True), ("is_active", True)),
                    models.Q(("dismissed_at__isnull", False), ("is_active", False)),
                    _connector="OR",
                ),
                name="staff_dismissed_or_active",
            ),
        ),
        migrations.AddField(
            model_name="enrolmentcode",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="codes", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="heldduty",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="passkey",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passkeys",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="refusedentry",
            index=models.Index(fields=["about_sha256", "at"], name="refused_entry_about"),
        ),
        migrations.AddConstraint(
            model_name="refusedentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("about_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="refused_entry_hash",
            ),
        ),
        migrations.AddField(
            model_name="staffproposal",
            name="held_duty",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.heldduty"
            ),
        ),
        migrations.AddField(
            model_name="heldduty",
            name="proposal",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.staffproposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_salt__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("first_salt"), 16),
                    _connector="OR",
                ),
                name="enrolment_first_salt",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_hash__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("first_hash"), 32),
                    _connector="OR",
                ),
                name="enrolment_first_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_salt__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("second_salt"), 16),
                    _connector="OR",
                ),
                name="enrolment_second_salt",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_hash__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("second_hash"), 32),
                    _connector="OR",
                ),
                name="enrolment_second_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_at__isnull", True), ("replaced_at__isnull", True), _connector="OR"),
                name="enrolment_used_or_replaced",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentcode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True), ("used_at__isnull", True)),
                fields=("member",),
                name="enrolment_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="passkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="passkey_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="staffproposal",
            index=models.Index(fields=["state", "proposed_at"], name="proposal_open"),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["appointment", "end_of_duty", "new_key", "dismissal"])),
                name="proposal_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "confirmed", "withdrawn"])),
                name="proposal_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by", models.F("person")), _negated=True),
                name="proposal_not_of_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                        models.Q(("decided_by", models.F("person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proposal_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("state", "open"),
                    ),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposal_decided_or_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "end_of_duty"), _negated=True),
                    models.Q(("held_duty__isnull", False), ("last_day__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_ends_a_duty",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "appointment"), _negated=True),
                    ("first_day__isnull", False),
                    _connector="OR",
                ),
                name="proposal_appoints_from_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code_salt__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("code_salt"), 16),
                    _connector="OR",
                ),
                name="proposal_code_salt",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code_first_hash__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("code_first_hash"), 32
                    ),
                    _connector="OR",
                ),
                name="proposal_code_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldduty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "duty__in",
                        [
                            "intake",
                            "examination",
                            "acceptance",
                            "registration",
                            "issuance_approval",
                            "issuance_operation",
                            "key_custody",
                            "pin_mailing",
                            "dispatch",
                            "receipt",
                            "revocation_intake",
                            "revocation_examination",
                            "revocation_decision",
                            "notice",
                            "publication",
                            "billing",
                            "disclosure",
                            "records",
                            "audit",
                            "system_administration",
                            "contractor",
                        ],
                    )
                ),
                name="held_duty_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldduty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
                ),
                name="held_duty_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldduty",
            constraint=models.UniqueConstraint(fields=("member", "duty", "first_day"), name="held_duty_once"),
        ),
        migrations.RunPython(keep_rows),
    ]
