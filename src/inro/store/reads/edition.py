"""Editions of the terms on record, their texts, and whom a change was not told in time (2.1, 2.2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from inro.practice.calendar import start_of_day
from inro.practice.certificate import CertificateState
from inro.practice.editions import Terms, change_notice_day, change_template
from inro.practice.notices import NoticeKind
from inro.store.errors import Unknown
from inro.store.models import Application, Certificate, EditionText, Notice, TermsEdition
from inro.store.states import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRecord:
    """One text of an edition; `file` is its name in the repository."""

    text_id: int
    kind: str
    file: str
    sha256: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """One edition as registered."""

    name: str
    effective_from: date
    sha256: str
    registered_at: datetime
    registered_by: str
    activated_at: datetime | None
    activated_by: str | None
    texts: tuple[TextRecord, ...]

    @property
    def published(self) -> bool:
        """Whether every text is in the repository."""
        return all(text.published_at is not None for text in self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """How many subscribers a change was not told, or too late; `examples` names some with the day it came."""

    missing: int
    late: int
    examples: tuple[tuple[str, date | None], ...]


def edition_records() -> tuple[EditionRecord, ...]:
    """Return the editions on record, the earliest first."""
    rows = TermsEdition.objects.order_by("effective_from").prefetch_related("texts")
    return tuple(_record(row) for row in rows)


def published_texts() -> tuple[tuple[EditionRecord, TextRecord], ...]:
    """Return every text in the repository with its edition, the latest edition first."""
    return tuple(
        (record, text)
        for record in reversed(edition_records())
        for text in record.texts
        if text.published_at is not None
    )


def governing_edition(on: date) -> str | None:
    """Return the edition on record that governs a day, None where none does (2.1)."""
    begun = TermsEdition.objects.filter(activated_at__isnull=False, effective_from__lte=on)
    return begun.order_by("-effective_from").values_list("name", flat=True).first()


def edition_record(name: str) -> EditionRecord:
    """Return an edition on record.

    Raises: Unknown.
    """
    row = TermsEdition.objects.prefetch_related("texts").filter(name=name).first()
    if row is None:
        raise Unknown(what="edition", detail=name)
    return _record(row)


def activated_hashes() -> dict[str, str] | None:
    """Return the bundle's hash of each edition put in force, by name; None while no edition is on record."""
    rows = list(TermsEdition.objects.values_list("name", "sha256", "activated_at"))
    return {name: sha256 for name, sha256, activated_at in rows if activated_at is not None} if rows else None


def cps_changes(edition: str) -> bool:
    """Return whether an edition's practice statement says another thing than the one before it (10).

    One that a later edition in force has replaced already tells nobody of a change.
    """
    record = edition_record(edition)
    later = TermsEdition.objects.filter(effective_from__gt=record.effective_from)
    if later.filter(activated_at__isnull=False).exists():
        return False
    texts = EditionText.objects.filter(kind="cps", edition__effective_from__lte=record.effective_from)
    newest = texts.order_by("-edition__effective_from").values_list("sha256", flat=True)[:2]
    return len(set(newest)) == len(newest)


def text_to_publish(text: int) -> tuple[str, bytes]:
    """Return a text's name in the repository and its octets.

    Raises: Unknown.
    """
    row = EditionText.objects.select_related("edition").filter(pk=text).first()
    if row is None:
        raise Unknown(what="text", detail=str(text))
    return file_name(row.kind, row.edition.name), bytes(row.content)


def published_text(file: str) -> tuple[TextRecord, bytes] | None:
    """Return a text in the repository by its file's name, with its octets; None where there is none."""
    for _, text in published_texts():
        if text.file == file:
            return text, bytes(EditionText.objects.values_list("content", flat=True).get(pk=text.text_id))
    return None


def file_name(kind: str, edition: str) -> str:
    """Return under which name a text lies in the repository."""
    return f"{kind}-{edition}.txt"


def untold(terms: Terms, *, most: int) -> Untold:
    """Return whom the notice of a change did not reach in time (2.2, 43).

    Asked for are contracts accepted until the last day for the notice whose certificate is valid and lasts
    until the edition's day. `examples` are at most `most`.
    """
    last_day = change_notice_day(terms).day
    told = Notice.objects.filter(
        application=OuterRef("application"),
        kind=NoticeKind.TERMS_CHANGE,
        template=change_template(terms.edition),
        arrived_on__isnull=False,
    )
    unreached = _concerned(terms, last_day).filter(~Exists(told.filter(arrived_on__lte=last_day)))
    late = Exists(told)
    counted = unreached.aggregate(missing=Count("pk", filter=~late), late=Count("pk", filter=late))
    # Where everybody was told, nobody is looked for again among a million.
    some = unreached.order_by("application__number")[:most] if any(counted.values()) else unreached.none()
    arrived = told.order_by("arrived_on").values("arrived_on")[:1]
    examples = some.annotate(arrived=Subquery(arrived)).values_list("application__number", "arrived")
    return Untold(missing=counted["missing"], late=counted["late"], examples=tuple(examples))


def _concerned(terms: Terms, last_day: date) -> QuerySet[Certificate]:
    """Return the certificates of the contracts that are to be told: an application has one at most."""
    end = start_of_day(last_day + timedelta(days=1))
    accepted = Application.objects.filter(pk=OuterRef("application"), accepted_at__lt=end)
    return Certificate.objects.filter(
        # What was issued by then was accepted by then (9.1): an index says so without the application.
        Q(issued_at__lt=end) | Exists(accepted),
        role=Scope.SUBSCRIBER,
        state=CertificateState.VALID,
        not_after__gte=start_of_day(terms.effective_from),
    )


def _record(row: TermsEdition) -> EditionRecord:
    return EditionRecord(
        name=row.name,
        effective_from=row.effective_from,
        sha256=row.sha256,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        activated_at=row.activated_at,
        activated_by=row.activated_by,
        texts=tuple(
            TextRecord(
                text_id=text.pk,
                kind=text.kind,
                file=file_name(text.kind, row.name),
                sha256=text.sha256,
                published_at=text.published_at,
            )
            for text in sorted(row.texts.all(), key=lambda text: text.pk)
        ),
    )
