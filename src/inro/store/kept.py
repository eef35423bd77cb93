"""Which tables are never shortened, and which of their columns never change (39.4, 40(4))."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A table that is never shortened; `columns` never change, empty means no column does."""

    table: str
    columns: Sequence[str] = ()


KEPT: tuple[Kept, ...] = (
    Kept(
        table="store_antisocialcheck",
        columns=("id", "application_id", "person", "duty", "source", "result", "checked_at"),
    ),
    Kept(table="store_auditanchor"),
    Kept(table="store_audithead", columns=("id",)),
    Kept(table="store_auditrow"),
    Kept(table="store_callback", columns=("id", "parcel_id", "called_on", "called_by")),
    Kept(
        table="store_campaign",
        columns=("id", "number", "kind", "subject", "subject_sha256", "planned_at", "planned_by"),
    ),
    Kept(
        table="store_campaignbatch",
        columns=(
            "id",
            "campaign_id",
            "number",
            "kind",
            "items",
            "dated_on",
            "made_at",
            "made_by",
            "pdf_sha256",
        ),
    ),
    Kept(
        table="store_campaignbyhand",
        columns=("id", "item_id", "channel", "served_on", "sha256", "recorded_at", "recorded_by"),
    ),
    Kept(table="store_campaignitem", columns=("id", "campaign_id", "application_id", "past_id", "kind")),
    Kept(
        table="store_certificate",
        columns=("id", "serial_id", "application_id", "key_id", "role", "sha256", "issued_at", "not_after"),
    ),
    Kept(
        table="store_decision",
        columns=(
            "id",
            "decision",
            "application_id",
            "case_id",
            "purpose",
            "verdict",
            "duty",
            "person",
            "challenge",
            "assertion_sha256",
            "decided_at",
        ),
    ),
    Kept(
        table="store_deficiencyextension",
        columns=("id", "application_id", "extended_to", "extended_at", "extended_by"),
    ),
    Kept(table="store_discontinuation", columns=("id", "campaign_id", "last_day")),
    Kept(table="store_disposal"),
    Kept(
        table="store_document",
        columns=(
            "id",
            "reference",
            "application_id",
            "enclosure_id",
            "batch_id",
            "redaction_id",
            "kind",
            "page",
            "pages",
            "address",
            "size",
            "content_sha256",
            "key_label",
            "stored_at",
            "stored_by",
        ),
    ),
    Kept(table="store_editiontext", columns=("id", "edition_id", "kind", "content", "sha256")),
    Kept(
        table="store_enclosure",
        columns=(
            "id",
            "envelope_id",
            "application_id",
            "kind",
            "pages",
            "original",
            "too_old",
            "registered_at",
            "registered_by",
        ),
    ),
    Kept(
        table="store_enrolmentcode",
        columns=(
            "id",
            "member_id",
            "first_salt",
            "first_hash",
            "second_salt",
            "second_hash",
            "made_at",
            "expires_at",
        ),
    ),
    Kept(
        table="store_envelope",
        columns=("id", "number", "arrived_on", "way", "registered_at", "registered_by"),
    ),
    Kept(table="store_erasure"),
    Kept(
        table="store_export",
        columns=(
            "id",
            "query",
            "query_sha256",
            "cases",
            "charset",
            "purpose",
            "requested_by",
            "requested_at",
        ),
    ),
    Kept(table="store_heldduty", columns=("id", "member_id", "duty", "first_day", "proposal_id")),
    Kept(table="store_installedroster"),
    Kept(table="store_itemverdict", columns=("id", "application_id", "item")),
    Kept(table="store_legaldisclosure"),
    Kept(
        table="store_letter", columns=("id", "number", "application_id", "kind", "written_at", "written_by")
    ),
    Kept(table="store_listintent"),
    Kept(
        table="store_massrevocation",
        columns=(
            "id",
            "number",
            "criterion",
            "ground",
            "count",
            "serials_sha256",
            "requested_at",
            "prepared_by",
        ),
    ),
    Kept(
        table="store_notice",
        columns=(
            "id",
            "application_id",
            "kind",
            "clause",
            "channel",
            "template",
            "message_id",
            "content_sha256",
            "released_by",
            "released_at",
        ),
    ),
    Kept(table="store_noticetry", columns=("id", "notice_id", "number", "begun_at", "begun_by")),
    Kept(
        table="store_obligationrow",
        columns=(
            "id",
            "subject",
            "application_id",
            "kind",
            "turn",
            "clause",
            "due_on",
            "reached_from",
            "deadline",
            "opened_by",
            "opened_subject",
            "opened_at",
        ),
    ),
    Kept(
        table="store_passkey", columns=("id", "member_id", "credential_id", "public_key", "synced", "made_at")
    ),
    Kept(
        table="store_pastapplication",
        columns=(
            "id",
            "service",
            "number",
            "applied_on",
            "certificate_number",
            "ends_on",
            "content_sha256",
            "came_in_id",
            "line",
        ),
    ),
    Kept(table="store_pastimport", columns=("id", "file_sha256", "imported_at", "imported_by")),
    Kept(
        table="store_proxyrequest",
        columns=("id", "application_id", "arrived_on", "received_at", "received_by"),
    ),
    Kept(table="store_reading"),
    Kept(table="store_redaction"),
    Kept(
        table="store_respondercertificate",
        columns=("id", "serial_id", "tbs_sha256", "profile_sha256", "not_before", "not_after", "at"),
    ),
    Kept(
        table="store_revocationlist",
        columns=("id", "intent_id", "kind", "number", "sha256", "size", "entries", "signed_at", "partition"),
    ),
    Kept(
        table="store_revokedentry",
        columns=(
            "id",
            "certificate_id",
            "serial",
            "scope",
            "entry",
            "revoked_at",
            "reason_code",
            "ground",
            "partition",
        ),
    ),
    Kept(table="store_scanbatch", columns=("id", "number", "source", "taken_at", "taken_by")),
    Kept(table="store_serialnumber"),
    Kept(table="store_shownchecklist"),
    Kept(
        table="store_signingintent",
        columns=("id", "serial_id", "tbs_sha256", "profile_sha256", "issued_at", "not_after", "at"),
    ),
    Kept(
        table="store_staffproposal",
        columns=(
            "id",
            "kind",
            "person",
            "name",
            "duties",
            "first_day",
            "last_day",
            "held_duty_id",
            "code_salt",
            "code_first_hash",
            "proposed_by",
            "proposed_at",
        ),
    ),
    Kept(table="store_subscriberkey", columns=("id", "spki_sha256", "card_id", "origin", "made_at")),
    Kept(
        table="store_telephonecall",
        columns=("id", "application_id", "about", "called_at", "called_by", "recorded_at"),
    ),
    Kept(
        table="store_termsedition",
        columns=("id", "name", "effective_from", "sha256", "registered_at", "registered_by"),
    ),
)
