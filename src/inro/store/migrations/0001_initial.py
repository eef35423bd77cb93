"""The tables as the first release has them."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=16)),
                ("edition", models.CharField(max_length=10)),
                ("edition_sha256", models.CharField(max_length=64)),
                ("period", models.CharField(max_length=6)),
                ("stated", models.JSONField(null=True)),
                ("content", models.JSONField(null=True)),
                ("content_sha256", models.CharField(max_length=64, null=True)),
                ("findings", models.JSONField(null=True)),
                ("findings_sha256", models.CharField(max_length=64, null=True)),
                ("drafted_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                ("deficient_at", models.DateTimeField(null=True)),
                ("examination_ended_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("purged_at", models.DateTimeField(null=True)),
                ("examiner", models.CharField(max_length=32, null=True)),
                ("decider", models.CharField(max_length=32, null=True)),
                (
                    "predecessor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state"], name="application_state"),
                    models.Index(
                        condition=models.Q(("predecessor__isnull", False)),
                        fields=["predecessor"],
                        name="application_renews",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "drafted",
                                    "printed",
                                    "received",
                                    "examining",
                                    "deficient",
                                    "examined",
                                    "accepted",
                                    "issued",
                                    "rejected",
                                    "withdrawn",
                                    "terminated",
                                    "disposed",
                                ],
                            )
                        ),
                        name="application_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["company_employee", "sole_proprietor"])),
                        name="application_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__in", ["1y", "2y", "3y", "4y10m"])),
                        name="application_period_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("examiner", models.F("decider")), _negated=True),
                        name="application_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("content_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="application_content_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("findings_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("findings_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="application_findings_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("accepted", "issued")), _negated=True),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("content_sha256__isnull", False),
                                ("decider__isnull", False),
                                ("examination_ended_at__isnull", False),
                                ("examiner__isnull", False),
                                ("findings_sha256__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="application_accepted_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "deficient"), _negated=True),
                            ("deficient_at__isnull", False),
                            _connector="OR",
                        ),
                        name="application_deficient_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "disposed"), _negated=True),
                            models.Q(
                                ("content__isnull", True),
                                ("findings__isnull", True),
                                ("purged_at__isnull", False),
                                ("stated__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="application_disposed_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField(unique=True)),
                ("hash", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
                ("signature", models.BinaryField()),
            ],
        ),
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
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "released", "finished", "withdrawn"])),
                        name="campaign_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subject_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("subject_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="campaign_subject_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("listed_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("listed_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="campaign_listed_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("planned_by", models.F("released_by")), _negated=True),
                        name="campaign_two_persons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("subject_sha256",),
                        name="campaign_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="campaign_released_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("released", "finished")), _negated=True),
                            ("released_by__isnull", False),
                            _connector="OR",
                        ),
                        name="campaign_goes_after_release",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("listed__isnull", True),
                                ("listed_at__isnull", True),
                                ("listed_sha256__isnull", True),
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
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalledRoster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("document", models.BinaryField(null=True)),
                ("signature", models.BinaryField(null=True)),
                ("installed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="NightRun",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("reached", models.PositiveIntegerField(default=0)),
                ("expired", models.PositiveIntegerField(default=0)),
                ("drafts", models.PositiveIntegerField(default=0)),
                ("lapsed", models.PositiveIntegerField(default=0)),
                ("proposed", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="PastApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=32)),
                ("applied_on", models.DateField()),
                ("certificate_number", models.CharField(max_length=40)),
                ("ends_on", models.DateField()),
                ("stated", models.JSONField(null=True)),
                ("content_sha256", models.CharField(max_length=64)),
                ("line", models.PositiveIntegerField()),
                ("disposed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["ends_on"], name="past_ends")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("service__in", ["present", "predecessor"])),
                        name="past_service_known",
                    ),
                    models.UniqueConstraint(fields=("service", "number"), name="past_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("content_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="past_content_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disposed_at__isnull", True), ("stated__isnull", False)),
                            models.Q(("disposed_at__isnull", False), ("stated__isnull", True)),
                            _connector="OR",
                        ),
                        name="past_disposed_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("applied_on"))), name="past_ends_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("person", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("is_active", models.BooleanField(default=True)),
                ("appointed_at", models.DateTimeField()),
                ("dismissed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dismissed_at__isnull", True), ("is_active", True)),
                            models.Q(("dismissed_at__isnull", False), ("is_active", False)),
                            _connector="OR",
                        ),
                        name="staff_dismissed_or_active",
                    )
                ],
            },
        ),
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
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_one_head")],
            },
        ),
        migrations.CreateModel(
            name="AuditRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=27)),
                ("kind", models.CharField(max_length=40)),
                ("actor", models.CharField(max_length=64)),
                ("subject", models.CharField(max_length=80)),
                ("details", models.TextField()),
                ("previous", models.CharField(max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "seq"], name="audit_subject")],
                "constraints": [
                    models.CheckConstraint(
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
                                    "parcel.called_back",
                                    "parcel.call_back_answered",
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
                    models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="audit_seq_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("previous__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("previous"), 64
                            ),
                            _connector="OR",
                        ),
                        name="audit_previous_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hash__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("hash"), 64
                            ),
                            _connector="OR",
                        ),
                        name="audit_hash_size",
                    ),
                ],
            },
        ),
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("token_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("token_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="calendar_token_hash",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("person",),
                        name="calendar_one_serves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            ("revoked_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="calendar_revoked_later",
                    ),
                ],
            },
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
                ("channel", models.CharField(default="post", max_length=12)),
                ("items", models.PositiveIntegerField()),
                ("dated_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=32)),
                ("pdf", models.BinaryField(null=True)),
                ("pdf_sha256", models.CharField(max_length=64)),
                ("edition", models.CharField(default="", max_length=10)),
                ("words_sha256", models.CharField(default="", max_length=64)),
                ("postmark", models.DateField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="store.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                        name="campaignbatch_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pdf_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("pdf_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="campaignbatch_pdf_hash",
                    ),
                    models.UniqueConstraint(fields=("campaign", "number"), name="campaignbatch_once"),
                    models.CheckConstraint(
                        condition=models.Q(("items__gte", 1)), name="campaignbatch_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("postmark__isnull", True),
                            ("postmark__gte", models.F("dated_on")),
                            _connector="OR",
                        ),
                        name="campaignbatch_posted_later",
                    ),
                ],
            },
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
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_items",
                        to="store.application",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_items",
                        to="store.campaignbatch",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="store.campaign"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "state", "kind", "id"], name="campaignitem_next")
                ],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                        name="campaignitem_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "printed", "sent", "excluded"])),
                        name="campaignitem_state_known",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("content_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="campaignitem_hash",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("application__isnull", False)),
                        fields=("campaign", "application", "kind"),
                        name="campaignitem_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exclusion__isnull", False), ("state", "excluded")),
                            models.Q(
                                models.Q(("state", "excluded"), _negated=True), ("exclusion__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="campaignitem_excluded_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "printed"), _negated=True),
                            models.Q(
                                ("batch__isnull", False),
                                ("content_sha256__isnull", False),
                                ("place__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="campaignitem_printed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            ("content_sha256__isnull", False),
                            _connector="OR",
                        ),
                        name="campaignitem_sent_hash",
                    ),
                ],
            },
        ),
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
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="by_hand",
                        to="store.campaignitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                        name="byhand_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="byhand_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_by", models.F("confirmed_by")), _negated=True),
                        name="byhand_two_persons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at__isnull", True)), fields=("item",), name="byhand_once"
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped_at__isnull", True), ("dropped_by__isnull", True)),
                            models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="byhand_dropped_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=16, unique=True)),
                ("medium", models.CharField(max_length=8)),
                ("model", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=16)),
                ("registered_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "medium"], name="card_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "blank",
                                    "reserved",
                                    "personalised",
                                    "sent",
                                    "returned",
                                    "received",
                                    "lost",
                                    "spoiled",
                                    "destroyed",
                                ],
                            )
                        ),
                        name="card_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("medium__in", ["virtual", "hardware"])), name="card_medium_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("serial__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("serial"), 16
                            ),
                            _connector="OR",
                        ),
                        name="card_serial_size",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("application__isnull", False),
                            ("state__in", ("reserved", "personalised", "sent", "returned", "received")),
                        ),
                        fields=("application",),
                        name="card_one_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "blank"), _negated=True),
                            ("application__isnull", True),
                            _connector="OR",
                        ),
                        name="card_blank_free",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=12)),
                ("der", models.BinaryField(null=True)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("profile_sha256", models.CharField(max_length=64)),
                ("generation", models.PositiveSmallIntegerField(default=1)),
                (
                    "application",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["state", "not_after", "role", "issued_at", "application"],
                        name="certificate_end",
                    ),
                    models.Index(fields=["role", "issued_at", "application"], name="certificate_issued"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["valid", "revoked", "expired", "disposed"])),
                        name="certificate_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["subscriber", "ca"])), name="certificate_role_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="certificate_hash_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("der__isnull", True), ("state", "disposed")),
                            models.Q(models.Q(("state", "disposed"), _negated=True), ("der__isnull", False)),
                            _connector="OR",
                        ),
                        name="certificate_der_kept",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorporateNumberConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=13)),
                ("method", models.CharField(max_length=16)),
                ("published_on", models.DateField()),
                ("confirmed_on", models.DateField()),
                ("confirmed_by", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=12)),
                ("published_name", models.TextField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("successor", models.CharField(max_length=13, null=True)),
                ("name", models.TextField(null=True)),
                ("name_source", models.CharField(max_length=20, null=True)),
                ("name_verdict", models.CharField(max_length=12, null=True)),
                ("name_parts_at", models.PositiveIntegerField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="number_confirmations",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["application", "id"], name="confirmation_application"),
                    models.Index(fields=["number"], name="confirmation_number"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["register_file", "web_api"])),
                        name="confirmation_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["confirmed", "not_found", "closed"])),
                        name="confirmation_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("number"), 13
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_number_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("successor"), 13
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_successor_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_source__isnull", True),
                            (
                                "name_source__in",
                                ["certificate", "registry", "number_publication", "application"],
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_verdict__isnull", True),
                            ("name_verdict__in", ["same", "same_reduced", "other_form", "different"]),
                            _connector="OR",
                        ),
                        name="confirmation_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("name__isnull", True),
                                ("name_source__isnull", True),
                                ("name_verdict__isnull", True),
                                ("outcome", "not_found"),
                                ("published_name__isnull", True),
                            ),
                            models.Q(
                                ("name__isnull", False),
                                ("name_source__isnull", False),
                                ("name_verdict__isnull", False),
                                ("published_name__isnull", False),
                                models.Q(("outcome", "not_found"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_found_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("outcome", "closed")),
                            models.Q(
                                ("closed_on__isnull", True),
                                ("successor__isnull", True),
                                models.Q(("outcome", "closed"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_closed_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_on__gte", models.F("published_on"))),
                        name="confirmation_after_publication",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorporateRegisterLoad",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField()),
                ("published_on", models.DateField()),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="register_one_load"),
                    models.CheckConstraint(condition=models.Q(("rows__gte", 1)), name="register_not_empty"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="register_hash_size",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=1)),
                ("year", models.PositiveSmallIntegerField()),
                ("value", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("series", "year"), name="counter_once")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decision", models.CharField(max_length=36, unique=True)),
                ("purpose", models.CharField(max_length=24)),
                ("verdict", models.CharField(max_length=16)),
                ("duty", models.CharField(max_length=24)),
                ("person", models.CharField(max_length=32)),
                ("credential_id", models.BinaryField()),
                ("content", models.BinaryField(null=True)),
                ("challenge", models.BinaryField(unique=True)),
                ("authenticator_data", models.BinaryField()),
                ("client_data_json", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("assertion_sha256", models.CharField(max_length=64, unique=True)),
                ("decided_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                        name="decision_duty_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("challenge__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("challenge"), 32
                            ),
                            _connector="OR",
                        ),
                        name="decision_challenge_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assertion_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("assertion_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="decision_assertion_hash",
                    ),
                ],
            },
        ),
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declined_powers",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("power__in", ["22.1(1)", "35.3"])), name="power_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("facts_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("facts_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="power_facts_hash",
                    ),
                    models.UniqueConstraint(
                        fields=("application", "power", "facts_sha256"), name="power_declined_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            ("disposed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="power_with_reason",
                    ),
                ],
            },
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            ("disposed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="extension_with_reason",
                    )
                ],
            },
        ),
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
                ("revoked_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("lists_signed_at", models.DateTimeField(null=True)),
                ("keys_destroyed_at", models.DateTimeField(null=True)),
                ("transcript_sha256", models.CharField(max_length=64, null=True)),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("receiver", models.CharField(max_length=200, null=True)),
                ("manifest_sha256", models.CharField(max_length=64, null=True)),
                ("receipt_sha256", models.CharField(max_length=64, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discontinuations",
                        to="store.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "proposed",
                                    "decided",
                                    "told",
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
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("decided_by")), _negated=True),
                        name="discontinuation_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("transcript_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("transcript_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="discontinuation_transcript_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("manifest_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("manifest_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="discontinuation_manifest_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receipt_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("receipt_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="discontinuation_receipt_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing__isnull", True), ("state", "withdrawn")),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("standing", 1)),
                            _connector="OR",
                        ),
                        name="discontinuation_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("proposed", "withdrawn")),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="discontinuation_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("clause", models.CharField(max_length=16)),
                ("what", models.JSONField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposal",
                        to="store.application",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("passphrase_salt", models.BinaryField()),
                ("passphrase_hash", models.BinaryField()),
                ("answers", models.TextField(default="{}")),
                ("done", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=0)),
                ("explained_at", models.DateTimeField(null=True)),
                ("consented_at", models.DateTimeField(null=True)),
                ("edition", models.CharField(max_length=10, null=True)),
                ("edition_sha256", models.CharField(max_length=64, null=True)),
                ("created_at", models.DateTimeField(db_index=True)),
                ("updated_at", models.DateTimeField()),
                ("expires_on", models.DateField(db_index=True)),
                (
                    "application",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passphrase_salt__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("passphrase_salt"), 16
                            ),
                            _connector="OR",
                        ),
                        name="draft_salt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passphrase_hash__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("passphrase_hash"), 32
                            ),
                            _connector="OR",
                        ),
                        name="draft_passphrase_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("edition_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("edition_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="draft_edition_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consented_at__isnull", True),
                            models.Q(("edition__isnull", False), ("edition_sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="draft_consent_to_an_edition",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), _negated=True),
                            models.Q(("consented_at__isnull", False), ("explained_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="draft_finished_knowingly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("application__isnull", False),
                            models.Q(("answers", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="draft_emptied_finished",
                    ),
                ],
            },
        ),
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
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_salt__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("first_salt"), 16
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_first_salt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_hash__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("first_hash"), 32
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_first_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_salt__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("second_salt"), 16
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_second_salt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_hash__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("second_hash"), 32
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_second_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True), ("replaced_at__isnull", True), _connector="OR"
                        ),
                        name="enrolment_used_or_replaced",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True), ("used_at__isnull", True)),
                        fields=("member",),
                        name="enrolment_one_open",
                    ),
                ],
            },
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
            options={
                "indexes": [models.Index(fields=["arrived_on"], name="envelope_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["post", "hand", "fax"])), name="envelope_way_known"
                    )
                ],
            },
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="store.application",
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="store.envelope",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(condition=models.Q(("pages__gte", 1)), name="enclosure_has_pages"),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disposed_at__isnull", True),
                            models.Q(("issued_on__isnull", True), ("issuer", ""), ("shelf", "")),
                            _connector="OR",
                        ),
                        name="enclosure_disposed_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("spki_sha256", models.CharField(max_length=64, null=True)),
                ("evidence", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="store.card"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["subscriber_key", "pin"])), name="erasure_kind_known"
                    ),
                    models.UniqueConstraint(fields=("kind", "card"), name="erasure_once"),
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("charset__in", ["utf_8", "cp932"])), name="export_charset_known"
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("query_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("query_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="export_query_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("requested_by", models.F("released_by")), _negated=True),
                        name="export_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="export_released_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("written_at__isnull", True), ("released_at__isnull", False), _connector="OR"
                        ),
                        name="export_written_after_release",
                    ),
                ],
            },
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
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="held_duty_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(fields=("member", "duty", "first_day"), name="held_duty_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("lines", models.JSONField()),
                ("amount", models.PositiveIntegerField()),
                ("tax", models.PositiveIntegerField()),
                ("total", models.PositiveIntegerField()),
                ("registration_number", models.CharField(max_length=14)),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField()),
                ("paid_on", models.DateField(null=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoice",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount"), "+", models.F("tax")
                                ),
                            )
                        ),
                        name="invoice_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("issued_on"))), name="invoice_due_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuanceOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=12)),
                ("step", models.CharField(max_length=20, null=True)),
                ("claimed_by", models.CharField(max_length=64, null=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("signer", models.CharField(max_length=64, null=True)),
                ("hand_over", models.BinaryField(null=True)),
                ("station_signature", models.BinaryField(null=True)),
                ("refused_for", models.CharField(max_length=64, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order",
                        to="store.application",
                    ),
                ),
                (
                    "card",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order",
                        to="store.card",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "claimed_by"], name="order_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "waiting",
                                    "claimed",
                                    "card_ready",
                                    "handed_over",
                                    "certified",
                                    "done",
                                    "refused",
                                    "ended",
                                ],
                            )
                        ),
                        name="order_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "reserve_card",
                                    "move_key",
                                    "prove_key",
                                    "intend_mailer",
                                    "print_mailer",
                                    "hand_over",
                                    "record_certificate",
                                    "finish_card",
                                ],
                            )
                        ),
                        name="order_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_by__isnull", True), ("state__in", ("waiting", "ended"))),
                            ("claimed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="order_claimed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("card_ready", "handed_over", "certified", "done")),
                                _negated=True,
                            ),
                            ("card__isnull", False),
                            _connector="OR",
                        ),
                        name="order_has_card",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("handed_over", "certified", "done")), _negated=True),
                            models.Q(("hand_over__isnull", False), ("station_signature__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_handed_over_signed",
                    ),
                ],
            },
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
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "name"), name="filter_named_once")],
            },
        ),
        migrations.CreateModel(
            name="LegalDisclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("authority", models.CharField(max_length=200)),
                ("ground", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=200)),
                ("asked_on", models.DateField()),
                ("scope", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=32)),
                ("assertion_sha256", models.CharField(max_length=64, unique=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_disclosures",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assertion_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("assertion_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="legal_disclosure_assertion_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority", ""), _negated=True),
                            models.Q(("ground", ""), _negated=True),
                            models.Q(("reference", ""), _negated=True),
                        ),
                        name="legal_disclosure_on_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListIntent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("partition", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("number", models.PositiveIntegerField()),
                ("this_update", models.DateTimeField()),
                ("next_update", models.DateTimeField()),
                ("tbs_sha256", models.CharField(max_length=64)),
                ("entries", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["crl", "arl", "full_crl"])),
                        name="list_intent_kind_known",
                    ),
                    models.UniqueConstraint(fields=("kind", "partition", "number"), name="list_intent_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partition", 0),
                            models.Q(("kind", "crl"), ("partition__range", (1, 256))),
                            _connector="OR",
                        ),
                        name="list_intent_partition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_update__gt", models.F("this_update"))),
                        name="list_intent_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("state", models.CharField(max_length=12)),
                ("intended_at", models.DateTimeField()),
                ("printed_at", models.DateTimeField(null=True)),
                (
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mailer", to="store.card"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["intended", "printed", "sent", "spoiled", "destroyed"])
                        ),
                        name="mailer_state_known",
                    )
                ],
            },
        ),
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
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decides_mass",
                        to="store.decision",
                    ),
                ),
                (
                    "examination",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examines_mass",
                        to="store.decision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "examined", "decided", "revoked", "published", "dropped"],
                            )
                        ),
                        name="mass_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("serials_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("serials_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="mass_serials_hash",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="mass_of_some"),
                    models.CheckConstraint(
                        condition=models.Q(("examiner", models.F("decider")), _negated=True),
                        name="mass_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("examined", "decided", "revoked", "published")), _negated=True
                            ),
                            models.Q(
                                ("examination__isnull", False),
                                ("examined_at__isnull", False),
                                ("examiner__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mass_examined_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("decided", "revoked", "published")), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decider__isnull", False),
                                ("decision__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mass_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("revoked", "published")), _negated=True),
                            ("revoked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="mass_revoked_when",
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("clause", models.CharField(max_length=16)),
                ("channel", models.CharField(max_length=12)),
                ("state", models.CharField(default="sent", max_length=8)),
                ("template", models.CharField(max_length=64)),
                ("edition", models.CharField(default="", max_length=10)),
                ("words_sha256", models.CharField(default="", max_length=64)),
                ("title", models.CharField(default="", max_length=200)),
                ("recipient", models.CharField(default="", max_length=254)),
                ("message_id", models.CharField(max_length=120, null=True, unique=True)),
                ("content", models.BinaryField(null=True)),
                ("content_sha256", models.CharField(max_length=64)),
                ("sent_on", models.DateField()),
                ("arrived_on", models.DateField(null=True)),
                ("released_by", models.CharField(max_length=32)),
                ("released_at", models.DateTimeField(null=True)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
                ("disposed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["application", "kind", "template", "arrived_on"], name="notice_kind"
                    ),
                    models.Index(fields=["state", "channel"], name="notice_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                        name="notice_channel_known",
                    ),
                    models.CheckConstraint(
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
                        name="notice_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["released", "sending", "in_doubt", "sent", "failed"])
                        ),
                        name="notice_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("content_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="notice_hash_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_on__isnull", True),
                            ("arrived_on__gte", models.F("sent_on")),
                            _connector="OR",
                        ),
                        name="notice_arrives_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "sent"),
                            models.Q(("arrived_on__isnull", True), ("message_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_arrives_when_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disposed_at__isnull", True),
                            models.Q(("content__isnull", True), ("recipient", "")),
                            _connector="OR",
                        ),
                        name="notice_disposed_empty",
                    ),
                ],
            },
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
                ("wanted", models.CharField(default="", max_length=12)),
                ("state", models.CharField(max_length=8)),
                ("content", models.JSONField(null=True)),
                ("content_sha256", models.CharField(max_length=64)),
                ("pdf", models.BinaryField(null=True)),
                ("pdf_sha256", models.CharField(max_length=64, null=True)),
                ("edition", models.CharField(default="", max_length=10)),
                ("words_sha256", models.CharField(default="", max_length=64)),
                ("dated_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("written_at", models.DateTimeField()),
                ("written_by", models.CharField(max_length=32)),
                ("disposed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="store.application",
                    ),
                ),
                (
                    "instead_of",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="store.letter",
                    ),
                ),
                (
                    "sent",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="store.notice",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "channel"], name="letter_state")],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                        name="letter_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "drafted",
                                    "released",
                                    "printed",
                                    "held",
                                    "on_way",
                                    "sent",
                                    "failed",
                                    "dropped",
                                ],
                            )
                        ),
                        name="letter_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("content_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="letter_content_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pdf_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("pdf_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="letter_pdf_hash",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["drafted", "held", "on_way", "printed", "released"])
                        ),
                        fields=("application", "kind"),
                        name="letter_one_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("printed", "on_way", "sent", "failed")), _negated=True),
                            models.Q(("dated_on__isnull", False), ("pdf_sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_printed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent__isnull", False), ("state__in", ("on_way", "sent", "failed"))),
                            models.Q(
                                models.Q(("state__in", ("on_way", "sent", "failed")), _negated=True),
                                ("sent__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_sent_is_a_notice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disposed_at__isnull", True),
                            models.Q(("content__isnull", True), ("pdf__isnull", True)),
                            _connector="OR",
                        ),
                        name="letter_disposed_empty",
                    ),
                ],
            },
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
            model_name="campaign",
            name="page",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="page_of",
                to="store.notice",
            ),
        ),
        migrations.CreateModel(
            name="NoticeTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=8, null=True)),
                ("said", models.CharField(default="", max_length=400)),
                ("told_by", models.CharField(default="", max_length=32)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tries", to="store.notice"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "number"), name="try_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome__isnull", True)),
                        fields=("notice",),
                        name="try_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__isnull", True),
                            ("outcome__in", ["accept", "postpone", "refuse", "doubt"]),
                            _connector="OR",
                        ),
                        name="try_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("outcome__isnull", False)),
                            _connector="OR",
                        ),
                        name="try_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObligationRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=24)),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("clause", models.CharField(max_length=16)),
                ("due_on", models.DateField()),
                ("reached_from", models.DateTimeField()),
                ("deadline", models.JSONField()),
                ("state", models.CharField(default="open", max_length=8)),
                ("opened_by", models.CharField(max_length=40)),
                ("opened_subject", models.CharField(max_length=80)),
                ("opened_at", models.DateTimeField()),
                ("closed_by", models.CharField(max_length=40, null=True)),
                ("closed_subject", models.CharField(max_length=80, null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "reached_from", "id"], name="obligation_to_mark"),
                    models.Index(
                        condition=models.Q(("state", "done"), _negated=True),
                        fields=["reached_from", "id"],
                        name="obligation_owed",
                    ),
                    models.Index(
                        condition=models.Q(("state", "done"), _negated=True),
                        fields=["kind", "reached_from", "id"],
                        name="obligation_kind_owed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "reached", "done"])),
                        name="obligation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                                ("closed_subject__isnull", True),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("closed_subject__isnull", False),
                                ("state", "done"),
                            ),
                            _connector="OR",
                        ),
                        name="obligation_closed_by_event",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("application__isnull", False)
                        ),
                        fields=("application", "kind", "turn"),
                        name="obligation_owed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("application__isnull", True)
                        ),
                        fields=("subject", "kind", "turn"),
                        name="obligation_of_platform_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mail", models.CharField(max_length=24)),
                ("address", models.CharField(max_length=32)),
                ("tracking_number", models.CharField(max_length=20)),
                ("posted_on", models.DateField()),
                ("posted_by", models.CharField(max_length=32)),
                ("returned_on", models.DateField(null=True)),
                ("return_reason", models.CharField(max_length=16, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
                        to="store.application",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
                        to="store.card",
                    ),
                ),
                (
                    "mailer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
                        to="store.mailer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mail__in", ["restricted_delivery", "simplified_registered"])),
                        name="parcel_mail_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address__in", ["subscriber_resident_record", "proxy_seal_certificate"])
                        ),
                        name="parcel_address_known",
                    ),
                    models.UniqueConstraint(
                        fields=("tracking_number", "posted_on"), name="parcel_tracked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("card__isnull", False), ("mailer__isnull", False), _connector="OR"
                        ),
                        name="parcel_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address", "subscriber_resident_record"),
                            ("mailer__isnull", True),
                            _connector="OR",
                        ),
                        name="parcel_proxy_gets_no_pin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("card__isnull", True), ("mail", "restricted_delivery"), _connector="OR"
                        ),
                        name="parcel_card_restricted",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("returned_on__isnull", True),
                            models.Q(("card__isnull", True), ("mailer__isnull", True), _connector="OR"),
                        ),
                        fields=("application", "posted_by"),
                        name="parcel_proxy_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_on__isnull", True),
                            ("returned_on__gte", models.F("posted_on")),
                            _connector="OR",
                        ),
                        name="parcel_returned_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "return_reason__in",
                                [
                                    "not_collected",
                                    "address_unknown",
                                    "called_back",
                                    "moved",
                                    "name_differs",
                                    "refused",
                                    "other",
                                ],
                            )
                        ),
                        name="parcel_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("return_reason__isnull", True), ("returned_on__isnull", True)),
                            models.Q(("return_reason__isnull", False), ("returned_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="parcel_returned_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("called_on", models.DateField()),
                ("called_by", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=12, null=True)),
                ("answered_on", models.DateField(null=True)),
                ("answered_to", models.CharField(max_length=32, null=True)),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_backs",
                        to="store.parcel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["stopped", "delivered", "not_stopped"])),
                        name="call_back_outcome_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome__isnull", True)),
                        fields=("parcel",),
                        name="call_back_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_on__isnull", True),
                                ("answered_to__isnull", True),
                                ("outcome__isnull", True),
                            ),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("answered_to__isnull", False),
                                ("outcome__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True),
                            ("answered_on__gte", models.F("called_on")),
                            _connector="OR",
                        ),
                        name="call_back_answered_later",
                    ),
                ],
            },
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
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passkeys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="passkey_ended_by_somebody",
                    )
                ],
            },
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
        migrations.AddField(
            model_name="application",
            name="past",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewals",
                to="store.pastapplication",
            ),
        ),
        migrations.CreateModel(
            name="PastImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_sha256", models.CharField(max_length=64)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("imported_at", models.DateTimeField()),
                ("imported_by", models.CharField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("file_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("file_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="past_import_hash_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("added__lte", models.F("lines"))), name="past_import_adds_up"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="pastapplication",
            name="came_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="store.pastimport",
            ),
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
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_up_at__isnull", True), ("handed_over_at__isnull", True), _connector="OR"
                        ),
                        name="list_ends_once",
                    ),
                ],
            },
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packings",
                        to="store.application",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packings",
                        to="store.card",
                    ),
                ),
                (
                    "mailer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packings",
                        to="store.mailer",
                    ),
                ),
                (
                    "parcel",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packing",
                        to="store.parcel",
                    ),
                ),
                (
                    "posting_list",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packings",
                        to="store.postinglist",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "mail"], name="packing_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["packed", "listed", "posted", "opened"])),
                        name="packing_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mail__in", ["restricted_delivery", "simplified_registered"])),
                        name="packing_mail_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address__in", ["subscriber_resident_record", "proxy_seal_certificate"])
                        ),
                        name="packing_address_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("card__isnull", False), ("mailer__isnull", False), _connector="OR"
                        ),
                        name="packing_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address", "subscriber_resident_record"),
                            ("mailer__isnull", True),
                            _connector="OR",
                        ),
                        name="packing_proxy_gets_no_pin",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["listed", "packed"])),
                        fields=("card",),
                        name="packing_card_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["listed", "packed"])),
                        fields=("mailer",),
                        name="packing_mailer_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["listed", "packed"])),
                        fields=("tracking_number",),
                        name="packing_numbered_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["listed", "packed"]),
                            models.Q(("card__isnull", True), ("mailer__isnull", True), _connector="OR"),
                        ),
                        fields=("application", "packed_by"),
                        name="packing_proxy_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("parcel__isnull", False), ("state", "posted")),
                            models.Q(models.Q(("state", "posted"), _negated=True), ("parcel__isnull", True)),
                            _connector="OR",
                        ),
                        name="packing_posted_is_a_parcel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("listed", "posted")), _negated=True),
                            models.Q(("posting_list__isnull", False), ("tracking_number__isnull", False)),
                            _connector="OR",
                        ),
                        name="packing_listed_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("next_by", models.DateTimeField()),
                ("result", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("next_by__gt", models.F("began_at"))), name="probe_next"
                    )
                ],
            },
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxy_requests",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "deficient", "approved", "refused", "lapsed"])
                        ),
                        name="proxy_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("examiner", models.F("decider")), _negated=True),
                        name="proxy_two_persons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["deficient", "received"])),
                        fields=("application",),
                        name="proxy_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("decider__isnull", False),
                                ("examiner__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proxy_approved_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("deficient", "lapsed")), _negated=True),
                            models.Q(("due_on__isnull", False), ("notified_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="proxy_notified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disposed_at__isnull", True),
                            models.Q(("proxy__isnull", True), ("reason", ""), ("refusal", "")),
                            _connector="OR",
                        ),
                        name="proxy_disposed_empty",
                    ),
                ],
            },
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "id"], name="reading_person"),
                    models.Index(fields=["day", "id"], name="reading_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("thing__in", ["case", "documents", "letter_list", "export"])),
                        name="reading_thing_known",
                    ),
                    models.CheckConstraint(
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
                    models.UniqueConstraint(
                        fields=("application", "person", "thing", "purpose", "day"), name="reading_once_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptObjection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("contacted_on", models.DateField()),
                ("recorded_by", models.CharField(max_length=32)),
                ("admitted_by", models.CharField(max_length=32, null=True)),
                ("decided_on", models.DateField(null=True)),
                ("decided_by", models.CharField(max_length=32, null=True)),
                ("founded", models.BooleanField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_on__isnull", True)),
                        fields=("application",),
                        name="objection_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", True),
                                ("decided_on__isnull", True),
                                ("founded__isnull", True),
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                ("founded__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="objection_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True),
                            ("decided_on__gte", models.F("contacted_on")),
                            _connector="OR",
                        ),
                        name="objection_decided_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptSlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arrived_on", models.DateField()),
                ("name_agrees", models.BooleanField()),
                ("seal_matches", models.BooleanField()),
                ("parked_for", models.CharField(max_length=40, null=True)),
                ("shelf", models.CharField(max_length=40)),
                ("disposed_at", models.DateTimeField(null=True)),
                ("checked_by", models.CharField(max_length=32)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("parked_for__isnull", True)),
                        fields=("application",),
                        name="slip_confirms_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parked_for__isnull", False),
                            models.Q(("name_agrees", True), ("seal_matches", True)),
                            _connector="OR",
                        ),
                        name="slip_confirms_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shelf", ""), _negated=True),
                            ("disposed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="slip_on_a_shelf",
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["blacked_out", "none_there"])),
                        name="redaction_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("count", 0), ("verdict", "none_there")),
                            models.Q(("count__gte", 1), ("verdict", "blacked_out")),
                            _connector="OR",
                        ),
                        name="redaction_says_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", ""), _negated=True), name="redaction_by_a_person"
                    ),
                ],
            },
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
            options={
                "indexes": [models.Index(fields=["about_sha256", "at"], name="refused_entry_about")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("about_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="refused_entry_hash",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RevocationCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("ground", models.CharField(max_length=32)),
                ("invoker", models.CharField(max_length=12)),
                ("way", models.CharField(max_length=8, null=True)),
                ("paper", models.JSONField(null=True)),
                ("paper_sha256", models.CharField(max_length=64, null=True)),
                ("note", models.CharField(default="", max_length=400)),
                ("original_arrived_on", models.DateField(null=True)),
                ("documents_arrived_on", models.DateField(null=True)),
                ("findings", models.JSONField(null=True)),
                ("state", models.CharField(max_length=12)),
                ("requested_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("refused_for", models.CharField(max_length=64, null=True)),
                ("refusal", models.CharField(default="", max_length=400)),
                ("examiner", models.CharField(max_length=32, null=True)),
                ("decider", models.CharField(max_length=32, null=True)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="store.certificate",
                    ),
                ),
                (
                    "enclosure",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocation_case",
                        to="store.enclosure",
                    ),
                ),
                (
                    "mass",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="store.massrevocation",
                    ),
                ),
                (
                    "original",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="original_of_case",
                        to="store.enclosure",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state"], name="case_state"),
                    models.Index(
                        condition=models.Q(("mass__isnull", False)),
                        fields=["mass", "state"],
                        name="case_of_mass",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["requested", "examined", "decided", "refused", "revoked", "published"],
                            )
                        ),
                        name="case_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("invoker__in", ["subscriber", "organization", "ca"])),
                        name="case_invoker_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["post", "fax"])), name="case_way_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("paper_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="case_paper_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("invoker", "ca"), ("paper_sha256__isnull", True), ("way__isnull", True)
                            ),
                            models.Q(
                                models.Q(("invoker", "ca"), _negated=True),
                                ("paper_sha256__isnull", False),
                                ("way__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="case_paper_unless_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("documents_arrived_on__isnull", True), ("original_arrived_on__isnull", True)
                            ),
                            ("way", "fax"),
                            _connector="OR",
                        ),
                        name="case_original_after_fax",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                [
                                    "11.3",
                                    "12.4",
                                    "15",
                                    "18.7",
                                    "19.4(1)",
                                    "19.4(2)/feared",
                                    "19.4(2)/leaked",
                                    "19.4(3)",
                                    "19.4(4)",
                                    "21.1(1)/organization",
                                    "21.1(1)/other",
                                    "21.1(10)",
                                    "21.1(11)",
                                    "21.1(12)",
                                    "21.1(2)",
                                    "21.1(3)/damaged",
                                    "21.1(3)/lost",
                                    "21.1(4)/misused",
                                    "21.1(4)/stolen",
                                    "21.1(5)",
                                    "21.1(5)/with-card",
                                    "21.1(6)",
                                    "21.1(7)",
                                    "21.1(8)/compromised",
                                    "21.1(8)/feared",
                                    "21.1(9)",
                                    "22.1(1)",
                                    "22.1(10)",
                                    "22.1(11)",
                                    "22.1(12)",
                                    "22.1(13)",
                                    "22.1(14)",
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
                                    "25(4)",
                                    "35.3",
                                    "46",
                                ],
                            )
                        ),
                        name="case_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("examiner", models.F("decider")), _negated=True),
                        name="case_two_officers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mass__isnull", True),
                            models.Q(
                                ("invoker", "ca"),
                                ("state__in", ("decided", "revoked", "published", "refused")),
                            ),
                            _connector="OR",
                        ),
                        name="case_of_mass_decided",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("certificate",),
                        name="case_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("decided", "revoked", "published")), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decider__isnull", False),
                                ("examiner__isnull", False),
                                ("findings__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="case_decided_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="store.revocationcase",
            ),
        ),
        migrations.CreateModel(
            name="RevocationList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("partition", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("number", models.PositiveIntegerField()),
                ("this_update", models.DateTimeField()),
                ("next_update", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("entries", models.PositiveIntegerField()),
                ("signed_at", models.DateTimeField()),
                ("web_at", models.DateTimeField(null=True)),
                ("directory_at", models.DateTimeField(null=True)),
                ("web_read_back_at", models.DateTimeField(null=True)),
                ("directory_read_back_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("stopped_for", models.CharField(max_length=12, null=True)),
                (
                    "intent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list",
                        to="store.listintent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["crl", "arl", "full_crl"])), name="list_kind_known"
                    ),
                    models.UniqueConstraint(fields=("kind", "partition", "number"), name="list_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partition", 0),
                            models.Q(("kind", "crl"), ("partition__range", (1, 256))),
                            _connector="OR",
                        ),
                        name="list_partition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_for__in", ["broken", "foreign", "expired", "future", "older", "shrunk"])
                        ),
                        name="list_stop_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_for__isnull", True)),
                            models.Q(("stopped_at__isnull", False), ("stopped_for__isnull", False)),
                            _connector="OR",
                        ),
                        name="list_stopped_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="list_hash_size",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevokedEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.BinaryField(unique=True)),
                ("scope", models.CharField(max_length=12)),
                ("partition", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("entry", models.BinaryField()),
                ("revoked_at", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("reason_code", models.PositiveSmallIntegerField(null=True)),
                ("ground", models.CharField(max_length=32)),
                ("last_listed", models.PositiveIntegerField(null=True)),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revoked_entry",
                        to="store.certificate",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("scope", "ca")), fields=["id"], name="entry_of_ca")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["subscriber", "ca"])), name="entry_scope_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("serial__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("serial"), 20
                            ),
                            _connector="OR",
                        ),
                        name="entry_serial_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason_code__isnull", True), ("reason_code__range", (1, 5)), _connector="OR"
                        ),
                        name="entry_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partition", 0),
                            models.Q(("partition__range", (1, 256)), ("scope", "subscriber")),
                            _connector="OR",
                        ),
                        name="entry_partition_known",
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["upload", "scanner"])), name="batch_source_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", False), ("lost__isnull", True), _connector="OR"
                        ),
                        name="batch_lost_at_its_end",
                    ),
                ],
            },
        ),
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="store.application",
                    ),
                ),
                (
                    "enclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="store.enclosure",
                    ),
                ),
                (
                    "redaction",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="document",
                        to="store.redaction",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="store.scanbatch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["application", "state"], name="document_of_case")],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["stored", "erased"])), name="document_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reference__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("reference"), 32
                            ),
                            _connector="OR",
                        ),
                        name="document_reference_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("address"), 64
                            ),
                            _connector="OR",
                        ),
                        name="document_address_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("content_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="document_hash_size",
                    ),
                    models.UniqueConstraint(fields=("enclosure", "page"), name="document_page_once"),
                    models.CheckConstraint(
                        condition=models.Q(("page__gte", 1), ("page__lte", models.F("pages"))),
                        name="document_page_of_pages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["resident_record"]), _negated=True),
                            ("redaction__isnull", False),
                            _connector="OR",
                        ),
                        name="document_number_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("erased_at__isnull", True),
                                ("state", "stored"),
                                ("wrapped_key__isnull", False),
                            ),
                            models.Q(
                                ("erased_at__isnull", False),
                                ("state", "erased"),
                                ("wrapped_key__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="document_erased_without_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SerialNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.BinaryField(unique=True)),
                ("reserved_at", models.DateTimeField()),
                ("partition", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "order",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="serial",
                        to="store.issuanceorder",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("serial__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("serial"), 20
                            ),
                            _connector="OR",
                        ),
                        name="serial_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partition", 0),
                            models.Q(("order__isnull", False), ("partition__range", (1, 256))),
                            _connector="OR",
                        ),
                        name="serial_partition_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponderCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tbs_sha256", models.CharField(max_length=64)),
                ("profile_sha256", models.CharField(max_length=64)),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("der", models.BinaryField(null=True)),
                ("sha256", models.CharField(max_length=64, null=True, unique=True)),
                (
                    "serial",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responder",
                        to="store.serialnumber",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tbs_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("tbs_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="responder_tbs_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("not_after__gt", models.F("not_before"))), name="responder_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("der__isnull", True), ("sha256__isnull", True)),
                            models.Q(("der__isnull", False), ("sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="responder_signed_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="serial",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate",
                to="store.serialnumber",
            ),
        ),
        migrations.CreateModel(
            name="ShownChecklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField()),
                ("shown_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="checklist_hash_size",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=40)),
                ("verdict", models.CharField(max_length=9)),
                ("reason", models.CharField(max_length=400)),
                ("read", models.CharField(max_length=300)),
                ("version", models.PositiveIntegerField()),
                ("shown_sha256", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("disposed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="store.application",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="store.shownchecklist",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["fit", "deficient", "held", "match"])),
                        name="verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("shown_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="verdict_hash_size",
                    ),
                    models.UniqueConstraint(fields=("application", "item"), name="verdict_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="verdict_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "deficient"), _negated=True),
                            ("disposed_at__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="verdict_deficient_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disposed_at__isnull", True),
                            models.Q(("read", ""), ("reason", "")),
                            _connector="OR",
                        ),
                        name="verdict_disposed_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningIntent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tbs", models.BinaryField(null=True)),
                ("tbs_sha256", models.CharField(max_length=64)),
                ("lint", models.JSONField()),
                ("profile_sha256", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "serial",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intent",
                        to="store.serialnumber",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tbs_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("tbs_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="intent_tbs_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("not_after__gt", models.F("issued_at"))), name="intent_period"
                    ),
                ],
            },
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
                (
                    "held_duty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.heldduty",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "proposed_at"], name="proposal_open")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["appointment", "end_of_duty", "new_key", "dismissal"])
                        ),
                        name="proposal_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "confirmed", "withdrawn"])),
                        name="proposal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("person")), _negated=True),
                        name="proposal_not_of_oneself",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "end_of_duty"), _negated=True),
                            models.Q(("held_duty__isnull", False), ("last_day__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_ends_a_duty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "appointment"), _negated=True),
                            ("first_day__isnull", False),
                            _connector="OR",
                        ),
                        name="proposal_appoints_from_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_salt__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("code_salt"), 16
                            ),
                            _connector="OR",
                        ),
                        name="proposal_code_salt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_first_hash__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("code_first_hash"), 32
                            ),
                            _connector="OR",
                        ),
                        name="proposal_code_hash",
                    ),
                ],
            },
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
        migrations.CreateModel(
            name="SubscriberKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("spki_sha256", models.CharField(max_length=64, unique=True)),
                ("origin", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("public_key_info", models.BinaryField(null=True)),
                ("proof_challenge", models.BinaryField(null=True)),
                ("proof_signature", models.BinaryField(null=True)),
                (
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="key", to="store.card"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spki_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("spki_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="key_hash_size",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="key",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate",
                to="store.subscriberkey",
            ),
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("called_at__lte", models.F("recorded_at"))),
                        name="call_before_its_record",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=10, unique=True)),
                ("effective_from", models.DateField(unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=32)),
                ("activated_at", models.DateTimeField(null=True)),
                ("activated_by", models.CharField(max_length=32, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="edition_hash_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("activated_at__isnull", True), ("activated_by__isnull", True)),
                            models.Q(("activated_at__isnull", False), ("activated_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_activated_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="store.termsedition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "kind"), name="edition_text_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="edition_text_hash_size",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WrongOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number_sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["number_sha256", "at"], name="wrong_opening_of_number")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number_sha256__isnull", True),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("number_sha256"), 64
                            ),
                            _connector="OR",
                        ),
                        name="wrong_opening_number_hash",
                    )
                ],
            },
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
            options={
                "indexes": [
                    models.Index(fields=["stage", "due_on", "application"], name="queue_stage_due"),
                    models.Index(fields=["stage", "came_at", "application"], name="queue_stage_came"),
                    models.Index(fields=["at_work", "due_on", "application"], name="queue_work_due"),
                    models.Index(fields=["at_work", "came_at", "application"], name="queue_work_came"),
                    models.Index(fields=["due_on", "application"], name="queue_due"),
                    models.Index(fields=["opens", "due_on", "application"], name="queue_waits"),
                    models.Index(fields=["at_work", "assignee", "due_on", "application"], name="queue_free"),
                    models.Index(fields=["came_at", "application"], name="queue_came"),
                    models.Index(
                        condition=models.Q(("assignee__isnull", False)),
                        fields=["assignee", "due_on", "application"],
                        name="queue_assignee_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                ],
            },
        ),
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="antisocial_checks",
                        to="store.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                ["news_database", "industry_list", "own_list", "police_centre", "web_search"],
                            )
                        ),
                        name="antisocial_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["no_match", "other_person", "match"])),
                        name="antisocial_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("duty__in", ["examination", "acceptance"])),
                        name="antisocial_duty_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", "no_match"),
                            models.Q(("remark", ""), _negated=True),
                            ("disposed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="antisocial_remark_given",
                    ),
                ],
            },
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
                    models.Q(("notice__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("notice__isnull", True)),
                    _connector="OR",
                ),
                name="campaignitem_sent_is_a_notice",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("past__isnull", False)), fields=["past"], name="application_renews_past"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor__isnull", True), ("past__isnull", True), _connector="OR"),
                name="application_renews_one",
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
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False)),
                fields=("case", "person"),
                name="decision_case_two_officers",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False)),
                fields=("case", "purpose"),
                name="decision_case_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role", "ca"),
                    models.Q(("application__isnull", False), ("key__isnull", False), ("role", "subscriber")),
                    _connector="OR",
                ),
                name="certificate_has_subscriber",
            ),
        ),
    ]
