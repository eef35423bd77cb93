"""Triggers that keep written rows as written, for SQLite and PostgreSQL (39.4, 40(4))."""

from collections.abc import Sequence

from inro.store.trigger_statements import (
    POSTGRESQL_FUNCTIONS,
    SQLITE_CHAIN,
    SQLITE_HEAD,
    Kept,
    kept_on_postgresql,
    kept_on_sqlite,
)

KEPT: tuple[Kept, ...] = (
    Kept(table="store_auditrow"),
    Kept(table="store_auditanchor"),
    Kept(table="store_installedroster"),
    Kept(table="store_erasure"),
    Kept(table="store_disposal"),
    Kept(table="store_serialnumber"),
    Kept(table="store_listintent"),
    Kept(table="store_audithead", columns=("id",)),
    Kept(table="store_subscriberkey", columns=("id", "spki_sha256", "card_id", "origin", "made_at")),
    Kept(
        table="store_signingintent",
        columns=(
            "id",
            "serial_id",
            "tbs_sha256",
            "profile_sha256",
            "issued_at",
            "not_after",
            "at",
        ),
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
        table="store_certificate",
        columns=("id", "serial_id", "application_id", "key_id", "role", "sha256", "issued_at", "not_after"),
    ),
    Kept(
        table="store_revokedentry",
        columns=("id", "certificate_id", "serial", "scope", "entry", "revoked_at", "reason_code", "ground"),
    ),
    Kept(
        table="store_revocationlist",
        columns=("id", "intent_id", "kind", "number", "sha256", "size", "entries", "signed_at"),
    ),
)

# Made after the triggers above, by the migration that made their tables.
KEPT_INTAKE: tuple[Kept, ...] = (
    Kept(table="store_redaction"),
    Kept(
        table="store_envelope",
        columns=("id", "number", "arrived_on", "way", "registered_at", "registered_by"),
    ),
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
    Kept(table="store_scanbatch", columns=("id", "number", "source", "taken_at", "taken_by")),
)

KEPT_STAFF: tuple[Kept, ...] = (
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
    Kept(table="store_heldduty", columns=("id", "member_id", "duty", "first_day", "proposal_id")),
    Kept(
        table="store_passkey",
        columns=("id", "member_id", "credential_id", "public_key", "synced", "made_at"),
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
)

# Likewise, by the migration that made theirs.
KEPT_PAST: tuple[Kept, ...] = (
    Kept(table="store_pastimport", columns=("id", "file_sha256", "imported_at", "imported_by")),
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
)

# Made by the migration of the examination's tables.
KEPT_EXAMINATION: tuple[Kept, ...] = (
    Kept(table="store_shownchecklist"),
    Kept(table="store_itemverdict", columns=("id", "application_id", "item")),
)

# Made with the letters' tables.
KEPT_LETTERS: tuple[Kept, ...] = (
    Kept(
        table="store_letter", columns=("id", "number", "application_id", "kind", "written_at", "written_by")
    ),
    Kept(
        table="store_deficiencyextension",
        columns=("id", "application_id", "extended_to", "extended_at", "extended_by"),
    ),
    Kept(
        table="store_telephonecall",
        columns=("id", "application_id", "about", "called_at", "called_by", "recorded_at"),
    ),
    Kept(
        table="store_antisocialcheck",
        columns=("id", "application_id", "person", "duty", "source", "result", "checked_at"),
    ),
    Kept(
        table="store_proxyrequest",
        columns=("id", "application_id", "arrived_on", "received_at", "received_by"),
    ),
)

# Made with the register's tries; a posted or spoken notice had a row before.
KEPT_NOTICES: tuple[Kept, ...] = (
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
)

# Made with the queue's tables.
KEPT_READING: tuple[Kept, ...] = (
    Kept(table="store_reading"),
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
)

# Made with the campaigns' tables.
KEPT_CAMPAIGNS: tuple[Kept, ...] = (
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
    Kept(table="store_campaignitem", columns=("id", "campaign_id", "application_id", "past_id", "kind")),
)

# By the migration that made the table of the service's end.
KEPT_DISCONTINUATION: tuple[Kept, ...] = (
    Kept(
        table="store_discontinuation",
        columns=("id", "campaign_id", "last_day"),
    ),
)

# Made with the table of notices given by hand; `reason` is emptied at disposal.
KEPT_BY_HAND: tuple[Kept, ...] = (
    Kept(
        table="store_campaignbyhand",
        columns=("id", "item_id", "channel", "served_on", "sha256", "recorded_at", "recorded_by"),
    ),
)

# The same, by the migration of editions on record.
KEPT_EDITIONS: tuple[Kept, ...] = (
    Kept(
        table="store_termsedition",
        columns=("id", "name", "effective_from", "sha256", "registered_at", "registered_by"),
    ),
    Kept(table="store_editiontext", columns=("id", "edition_id", "kind", "content", "sha256")),
)

# Made with the ledger of deadlines.
KEPT_LEDGER: tuple[Kept, ...] = (
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
)

# Made with what was handed to authorities.
KEPT_DISCLOSURE: tuple[Kept, ...] = (Kept(table="store_legaldisclosure"),)

# Made by the migration that made its table; `der` and `sha256` come when it is signed.
KEPT_RESPONDER: tuple[Kept, ...] = (
    Kept(
        table="store_respondercertificate",
        columns=("id", "serial_id", "tbs_sha256", "profile_sha256", "not_before", "not_after", "at"),
    ),
)


# Made anew with the column that says which part of the CRL an entry or a list is.
KEPT_LISTS = tuple(
    Kept(table=kept.table, columns=(*kept.columns, "partition"))
    for kept in KEPT
    if kept.table in {"store_revokedentry", "store_revocationlist"}
)

# Made with the table of mass revocations: what two officers sign of a list stays as it was planned.
KEPT_MASS: tuple[Kept, ...] = (
    Kept(
        table="store_massrevocation",
        columns=(
            *("id", "number", "criterion", "ground", "count"),
            *("serials_sha256", "requested_at", "prepared_by"),
        ),
    ),
)


def statements(vendor: str) -> tuple[str, ...]:
    """Return the statements that create every trigger on `sqlite` or `postgresql`."""
    return _sqlite() if vendor == "sqlite" else _postgresql()


def keeping(vendor: str, tables: Sequence[Kept]) -> tuple[str, ...]:
    """Return the statements that keep tables made by a later migration."""
    return tuple(kept_on_sqlite(tables) if vendor == "sqlite" else kept_on_postgresql(tables))


def keeping_more(vendor: str, tables: Sequence[Kept]) -> tuple[str, ...]:
    """Return the statements that keep columns a later migration added to tables kept before.

    SQLite lost the triggers with the table it made anew; PostgreSQL still has them.
    """
    if vendor == "sqlite":
        return keeping(vendor, tables)
    dropped = (
        f"DROP TRIGGER {kept.table}_{name} ON {kept.table}"
        for kept in tables
        for name in ("no_update", "no_delete", "no_truncate")
    )
    return (*dropped, *keeping(vendor, tables))


def lost_with(table: str, vendor: str) -> tuple[str, ...]:
    """Return the statements that create a table's triggers again after a migration altered the table.

    SQLite makes such a table anew, without them; PostgreSQL alters it and keeps them.
    """
    if vendor != "sqlite":
        return ()
    newest = {
        kept.table: kept
        for kept in (
            *KEPT,
            *KEPT_INTAKE,
            *KEPT_LETTERS,
            *KEPT_NOTICES,
            *KEPT_CAMPAIGNS,
            *KEPT_LEDGER,
            *KEPT_LISTS,
            *KEPT_MASS,
        )
    }
    made = (SQLITE_HEAD, SQLITE_CHAIN, *kept_on_sqlite(tuple(newest.values())))
    return tuple(
        statement for statement in made if f" ON {table}\n" in statement or f" ON {table} " in statement
    )


def _sqlite() -> tuple[str, ...]:
    return (SQLITE_HEAD, SQLITE_CHAIN, *kept_on_sqlite(KEPT))


def _postgresql() -> tuple[str, ...]:
    return (
        POSTGRESQL_FUNCTIONS,
        (
            "CREATE TRIGGER store_audithead_forward BEFORE UPDATE ON store_audithead "
            "FOR EACH ROW EXECUTE FUNCTION store_audit_forward()"
        ),
        (
            "CREATE TRIGGER store_auditrow_next BEFORE INSERT ON store_auditrow "
            "FOR EACH ROW EXECUTE FUNCTION store_audit_next()"
        ),
        *kept_on_postgresql(KEPT),
    )
