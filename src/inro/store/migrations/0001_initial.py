"""The first tables."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
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
            ],
            options={
                "abstract": False,
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
                ("installed_at", models.DateTimeField()),
            ],
        ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="store.application",
                    ),
                ),
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
                                    "application.drafted",
                                    "application.explanation_recorded",
                                    "application.form_printed",
                                    "application.received",
                                    "application.document_registered",
                                    "application.number_blacked_out",
                                    "application.withdrawn",
                                    "application.terminated",
                                    "examination.started",
                                    "examination.point_recorded",
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
                                    "records.disposed",
                                    "records.disposal_held",
                                    "house.ceremony_held",
                                    "house.roster_installed",
                                    "house.staff_appointed",
                                    "house.staff_dismissed",
                                    "house.signed_in",
                                    "house.sign_in_refused",
                                    "house.act_refused",
                                    "house.configuration_changed",
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
                    models.UniqueConstraint(fields=("kind", "number"), name="list_intent_once"),
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
                ("template", models.CharField(max_length=64)),
                ("content_sha256", models.CharField(max_length=64)),
                ("sent_on", models.DateField()),
                ("arrived_on", models.DateField(null=True)),
                ("released_by", models.CharField(max_length=32)),
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
                ("original_arrived_on", models.DateField(null=True)),
                ("findings", models.JSONField(null=True)),
                ("state", models.CharField(max_length=12)),
                ("requested_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("refused_for", models.CharField(max_length=64, null=True)),
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
            ],
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
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="store.revocationcase",
                    ),
                ),
            ],
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
                (
                    "intent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list",
                        to="store.listintent",
                    ),
                ),
            ],
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
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["state"], name="application_state"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["company_employee", "sole_proprietor"])),
                name="application_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__in", ["1y", "2y", "3y", "4y10m"])),
                name="application_period_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("examiner", models.F("decider")), _negated=True),
                name="application_two_officers",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("content_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="application_content_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("findings_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("findings_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="application_findings_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "deficient"), _negated=True),
                    ("deficient_at__isnull", False),
                    _connector="OR",
                ),
                name="application_deficient_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(fields=["state", "medium"], name="card_state"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("medium__in", ["virtual", "hardware"])), name="card_medium_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("serial__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("serial"), 16),
                    _connector="OR",
                ),
                name="card_serial_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("application__isnull", False),
                    ("state__in", ("reserved", "personalised", "sent", "returned", "received")),
                ),
                fields=("application",),
                name="card_one_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "blank"), _negated=True),
                    ("application__isnull", True),
                    _connector="OR",
                ),
                name="card_blank_free",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["subscriber_key", "pin"])), name="erasure_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.UniqueConstraint(fields=("kind", "card"), name="erasure_once"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("issued_on"))), name="invoice_due_later"
            ),
        ),
        migrations.AddIndex(
            model_name="issuanceorder",
            index=models.Index(fields=["state", "claimed_by"], name="order_state"),
        ),
        migrations.AddConstraint(
            model_name="issuanceorder",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="issuanceorder",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="issuanceorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_by__isnull", True), ("state__in", ("waiting", "ended"))),
                    ("claimed_by__isnull", False),
                    _connector="OR",
                ),
                name="order_claimed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuanceorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("card_ready", "handed_over", "certified", "done")), _negated=True
                    ),
                    ("card__isnull", False),
                    _connector="OR",
                ),
                name="order_has_card",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuanceorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("handed_over", "certified", "done")), _negated=True),
                    models.Q(("hand_over__isnull", False), ("station_signature__isnull", False)),
                    _connector="OR",
                ),
                name="order_handed_over_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["intended", "printed", "sent", "spoiled", "destroyed"])),
                name="mailer_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["application", "kind"], name="notice_kind"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["post", "fax", "email", "web", "telephone"])),
                name="notice_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
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
                name="notice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("content_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="notice_hash_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("arrived_on__isnull", True), ("arrived_on__gte", models.F("sent_on")), _connector="OR"
                ),
                name="notice_arrives_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ["restricted_delivery", "simplified_registered"])),
                name="parcel_mail_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(("address__in", ["subscriber_resident_record", "proxy_seal_certificate"])),
                name="parcel_address_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.UniqueConstraint(
                fields=("tracking_number", "posted_on"), name="parcel_tracked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(("card__isnull", False), ("mailer__isnull", False), _connector="OR"),
                name="parcel_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address", "subscriber_resident_record"), ("mailer__isnull", True), _connector="OR"
                ),
                name="parcel_proxy_gets_no_pin",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(("card__isnull", True), ("mail", "restricted_delivery"), _connector="OR"),
                name="parcel_card_restricted",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("returned_on__isnull", True),
                    models.Q(("card__isnull", True), ("mailer__isnull", True), _connector="OR"),
                ),
                fields=("application", "posted_by"),
                name="parcel_proxy_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_on__isnull", True),
                    ("returned_on__gte", models.F("posted_on")),
                    _connector="OR",
                ),
                name="parcel_returned_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptobjection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_on__isnull", True)),
                fields=("application",),
                name="objection_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_by__isnull", True), ("decided_on__isnull", True), ("founded__isnull", True)
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
        ),
        migrations.AddConstraint(
            model_name="receiptobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_on__isnull", True),
                    ("decided_on__gte", models.F("contacted_on")),
                    _connector="OR",
                ),
                name="objection_decided_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptslip",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parked_for__isnull", True)),
                fields=("application",),
                name="slip_confirms_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptslip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parked_for__isnull", False),
                    models.Q(("name_agrees", True), ("seal_matches", True)),
                    _connector="OR",
                ),
                name="slip_confirms_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="revocationcase",
            index=models.Index(fields=["state"], name="case_state"),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["requested", "examined", "decided", "refused", "revoked", "published"])
                ),
                name="case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("invoker__in", ["subscriber", "organization", "ca"])),
                name="case_invoker_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["post", "fax"])), name="case_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paper_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("paper_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="case_paper_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("invoker", "ca"), ("paper_sha256__isnull", True), ("way__isnull", True)),
                    models.Q(
                        models.Q(("invoker", "ca"), _negated=True),
                        ("paper_sha256__isnull", False),
                        ("way__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="case_paper_unless_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("original_arrived_on__isnull", True), ("way", "fax"), _connector="OR"),
                name="case_original_after_fax",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("examiner", models.F("decider")), _negated=True), name="case_two_officers"
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "refused"), _negated=True),
                fields=("certificate",),
                name="case_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["examination", "acceptance", "revocation-examination", "revocation"])
                ),
                name="decision_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
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
                name="decision_duty_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("challenge__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("challenge"), 32),
                    _connector="OR",
                ),
                name="decision_challenge_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assertion_sha256__isnull", True),
                    django.db.models.lookups.Exact(
                        django.db.models.functions.text.Length("assertion_sha256"), 64
                    ),
                    _connector="OR",
                ),
                name="decision_assertion_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("case__isnull", True)),
                    models.Q(("application__isnull", True), ("case__isnull", False)),
                    _connector="OR",
                ),
                name="decision_one_matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("application__isnull", False), ("purpose", "acceptance")),
                fields=("application",),
                name="decision_accepted_once",
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
            model_name="revocationlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["crl", "arl", "full_crl"])), name="list_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationlist",
            constraint=models.UniqueConstraint(fields=("kind", "number"), name="list_once"),
        ),
        migrations.AddConstraint(
            model_name="revocationlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                    _connector="OR",
                ),
                name="list_hash_size",
            ),
        ),
        migrations.AddIndex(
            model_name="revokedentry",
            index=models.Index(condition=models.Q(("scope", "ca")), fields=["id"], name="entry_of_ca"),
        ),
        migrations.AddConstraint(
            model_name="revokedentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["subscriber", "ca"])), name="entry_scope_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="revokedentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("serial__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("serial"), 20),
                    _connector="OR",
                ),
                name="entry_serial_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="revokedentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason_code__isnull", True), ("reason_code__range", (1, 5)), _connector="OR"
                ),
                name="entry_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="serialnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("serial__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("serial"), 20),
                    _connector="OR",
                ),
                name="serial_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingintent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tbs_sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("tbs_sha256"), 64),
                    _connector="OR",
                ),
                name="intent_tbs_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingintent",
            constraint=models.CheckConstraint(
                condition=models.Q(("not_after__gt", models.F("issued_at"))), name="intent_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriberkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("spki_sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("spki_sha256"), 64),
                    _connector="OR",
                ),
                name="key_hash_size",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["state", "not_after"], name="certificate_end"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["valid", "revoked", "expired", "disposed"])),
                name="certificate_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["subscriber", "ca"])), name="certificate_role_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sha256__isnull", True),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("sha256"), 64),
                    _connector="OR",
                ),
                name="certificate_hash_size",
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
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("der__isnull", True), ("state", "disposed")),
                    models.Q(models.Q(("state", "disposed"), _negated=True), ("der__isnull", False)),
                    _connector="OR",
                ),
                name="certificate_der_kept",
            ),
        ),
    ]
