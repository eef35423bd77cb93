"""The queue with its search keys, who has a case open, filters kept, readings, exports."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from inro.store.triggers import KEPT_READING, keeping, lost_with


def keep_rows(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the new tables' triggers, and bring back the audit log's, whose kinds of rows are now others."""
    vendor = schema_editor.connection.vendor
    for statement in (*lost_with("store_auditrow", vendor), *keeping(vendor, KEPT_READING)):
        # No parameters at all: a percent sign in the functions is one.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0011_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseOpening",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="opening",
                        serialize=False,
                        to="store.application",
                    ),
                ),
                ("person", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=100)),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("query", models.CharField(max_length=4000)),
                ("query_sha256", models.CharField(max_length=64)),
                ("cases", models.PositiveIntegerField()),
                ("charset", models.CharField(max_length=8)),
                ("purpose", models.CharField(max_length=12)),
                ("requested_by", models.CharField(max_length=32)),
                ("requested_at", models.DateTimeField()),
                ("released_by", models.CharField(max_length=32, null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("written_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="KeptFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=500)),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="QueueRow",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="queue_row",
                        serialize=False,
                        to="store.application",
                    ),
                ),
                ("number", models.CharField(db_index=True, max_length=16)),
                ("stage", models.CharField(max_length=12)),
                ("at_work", models.BooleanField()),
                ("next_act", models.CharField(max_length=28)),
                ("then_act", models.CharField(max_length=28, null=True)),
                ("due_on", models.DateField()),
                ("opens", models.BooleanField(default=False)),
                ("deadline", models.JSONField(null=True)),
                ("came_at", models.DateTimeField()),
                ("assignee", models.CharField(max_length=32, null=True)),
                ("assignee_name", models.CharField(max_length=100, null=True)),
                ("assigned_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=32)),
                ("thing", models.CharField(max_length=12)),
                ("purpose", models.CharField(max_length=12)),
                ("day", models.DateField()),
                ("first_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchKey",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="search_key",
                        serialize=False,
                        to="store.application",
                    ),
                ),
                ("names", models.TextField()),
                ("corporate_number", models.CharField(db_index=True, max_length=13)),
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
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("charset__in", ["utf_8", "cp932"])), name="export_charset_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            "intake",
                            "examination",
                            "issuance",
                            "delivery",
                            "revocation",
                            "billing",
                            "renewal",
                            "disclosure",
                            "retention",
                            "inspection",
                        ],
                    )
                ),
                name="export_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("query_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("query_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="export_query_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("requested_by", models.F("released_by")), _negated=True),
                name="export_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                    _connector="OR",
                ),
                name="export_released_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_at__isnull", True), ("released_at__isnull", False), _connector="OR"
                ),
                name="export_written_after_release",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptfilter",
            constraint=models.UniqueConstraint(fields=("person", "name"), name="filter_named_once"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["stage", "due_on", "application"], name="queue_stage_due"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["stage", "came_at", "application"], name="queue_stage_came"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["at_work", "due_on", "application"], name="queue_work_due"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["at_work", "came_at", "application"], name="queue_work_came"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["due_on", "application"], name="queue_due"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["opens", "due_on", "application"], name="queue_waits"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["at_work", "assignee", "due_on", "application"], name="queue_free"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["came_at", "application"], name="queue_came"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(
                condition=models.Q(("assignee__isnull", False)),
                fields=["assignee", "due_on", "application"],
                name="queue_assignee_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="queuerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "awaited",
                            "received",
                            "examining",
                            "deficient",
                            "examined",
                            "accepted",
                            "to_post",
                            "receipt",
                            "revocation",
                            "valid",
                            "revoked",
                            "expired",
                            "closed",
                            "disposed",
                        ],
                    )
                ),
                name="queue_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="queuerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "next_act__in",
                        [
                            "await_form",
                            "begin_examination",
                            "conclude_examination",
                            "send_deficiency_notice",
                            "await_correction",
                            "reject",
                            "decide",
                            "approve_issuance",
                            "issue",
                            "terminate",
                            "post_card",
                            "await_slip",
                            "send_reminder",
                            "await_slip_after_reminder",
                            "revoke_without_slip",
                            "decide_proxy_request",
                            "await_proxy_correction",
                            "decide_doubts",
                            "examine_revocation",
                            "decide_revocation",
                            "publish_revocation",
                            "await_original",
                            "await_payment",
                            "ask_for_payment",
                            "send_expiry_notice",
                            "await_expiry",
                            "dispose",
                            "nothing",
                        ],
                    )
                ),
                name="queue_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="queuerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "then_act__in",
                        [
                            "await_form",
                            "begin_examination",
                            "conclude_examination",
                            "send_deficiency_notice",
                            "await_correction",
                            "reject",
                            "decide",
                            "approve_issuance",
                            "issue",
                            "terminate",
                            "post_card",
                            "await_slip",
                            "send_reminder",
                            "await_slip_after_reminder",
                            "revoke_without_slip",
                            "decide_proxy_request",
                            "await_proxy_correction",
                            "decide_doubts",
                            "examine_revocation",
                            "decide_revocation",
                            "publish_revocation",
                            "await_original",
                            "await_payment",
                            "ask_for_payment",
                            "send_expiry_notice",
                            "await_expiry",
                            "dispose",
                            "nothing",
                        ],
                    )
                ),
                name="queue_then_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="queuerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("assigned_at__isnull", True),
                        ("assignee__isnull", True),
                        ("assignee_name__isnull", True),
                    ),
                    models.Q(
                        ("assigned_at__isnull", False),
                        ("assignee__isnull", False),
                        ("assignee_name__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="queue_assigned_since",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="store.application"
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["person", "id"], name="reading_person"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["day", "id"], name="reading_day"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("thing__in", ["case", "documents", "letter_list", "export"])),
                name="reading_thing_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        [
                            "intake",
                            "examination",
                            "issuance",
                            "delivery",
                            "revocation",
                            "billing",
                            "renewal",
                            "disclosure",
                            "retention",
                            "inspection",
                        ],
                    )
                ),
                name="reading_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("application", "person", "thing", "purpose", "day"), name="reading_once_a_day"
            ),
        ),
        migrations.RunPython(keep_rows),
    ]
