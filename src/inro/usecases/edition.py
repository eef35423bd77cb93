"""Editions put on record, published, put in force (2.1, 2.2, 10)."""

from collections.abc import Iterable
from datetime import datetime

from inro.configuration.editions import Edition
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.editions import EditionAltered, Terms, check_activation, check_standing
from inro.practice.events import EventKind
from inro.practice.notices import NoticeKind
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.models import EditionText, TermsEdition
from inro.store.reads.edition import cps_changes, edition_record, untold
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.followed import policy_of_process
from inro.usecases.notice_page import PageText, add_page
from inro.usecases.outbox import enqueue
from inro.words.day_sums import day_words

# So many cases are named where notices are missing or late; the counts say the rest.
MOST_NAMED = 50
_CPS = "cps"


def register_editions(*, editions: Iterable[Edition], actor: Actor, now: datetime) -> int:
    """Put editions on record that are not yet, and have their texts published; return how many (2.1, 10).

    With the first, those whose day has come are in force: they were before there was a record.

    Raises: DutyMissing, EditionAltered when one on record has another hash now.
    """
    actor.check(Act.REGISTER_EDITIONS)
    known = dict(TermsEdition.objects.values_list("name", "sha256"))
    fresh = [edition for edition in editions if _is_fresh(edition, known)]
    today = jst_date(now)
    with act(actor=actor, now=now) as doing:
        for edition in fresh:
            row = _register(doing, edition, actor, now)
            if not known and edition.terms.effective_from <= today:
                _activate(doing, row, actor, now)
        if not fresh:
            doing.nothing()
    return len(fresh)


def activate_edition(*, terms: Terms, sha256: str, actor: Actor, now: datetime) -> None:
    """Put an edition in force from its day, once every subscriber has been told in time (2.2).

    Raises: DutyMissing, Unknown, EditionAltered, EditionBegun, EditionUnpublished, ActivationRefused;
    Conflict when it is in force already.
    """
    actor.check(Act.ACTIVATE_EDITION)
    record = edition_record(terms.edition)
    if record.sha256 != sha256:
        raise EditionAltered(edition=terms.edition)
    if record.activated_at is not None:
        raise Conflict(what="edition", detail=f"{terms.edition} is in force already")
    check_standing(terms, published=record.published, today=jst_date(now))
    with act(actor=actor, now=now) as doing:
        # Asked inside the transaction, so that no notice is taken back in between.
        if terms.important_change:
            check_activation(terms, notices=dict(untold(terms, most=MOST_NAMED).examples))
        _activate(doing, TermsEdition.objects.get(name=terms.edition), actor, now)


def record_text_published(*, text: int, actor: Actor, now: datetime) -> None:
    """Record that the repository gives a text back byte for byte; a second time records nothing (10).

    Of a practice statement that changes the service this is the notice of 10: it arrives with it (43).
    """
    actor.check_process()
    row = EditionText.objects.select_related("edition").get(pk=text)
    if row.published_at is not None:
        return
    with act(actor=actor, now=now) as doing:
        change(EditionText, row=row.pk, expected={"published_at": None}, to={"published_at": now})
        doing.record(
            EventKind.DOCUMENT_PUBLISHED,
            subject=_subject(row.edition.name),
            document=row.kind,
            sha256=row.sha256,
        )
        if row.kind == _CPS and cps_changes(row.edition.name):
            _tell_of_change(doing, row, now)


def _tell_of_change(doing: Doing, row: EditionText, now: datetime) -> None:
    words = policy_of_process().notice_words[NoticeKind.SERVICE_CHANGE]
    day = day_words(row.edition.effective_from, "ja")
    title, text = words.filled({"day": day, "sha256": row.sha256})
    add_page(
        doing,
        kind=words.kind,
        clause=words.clause,
        edition=words.edition.isoformat(),
        words_sha256=words.sha256,
        page=PageText(template=f"{words.kind}/{row.edition.name}", title=title, text=text),
        released_by=row.edition.registered_by,
        now=now,
    )


def _is_fresh(edition: Edition, known: dict[str, str]) -> bool:
    name = edition.terms.edition
    if name in known and known[name] != edition.sha256:
        raise EditionAltered(edition=name)
    return name not in known


def _register(doing: Doing, edition: Edition, actor: Actor, now: datetime) -> TermsEdition:
    row = TermsEdition.objects.create(
        name=edition.terms.edition,
        effective_from=edition.terms.effective_from,
        sha256=edition.sha256,
        registered_at=now,
        registered_by=actor.name,
    )
    doing.record(EventKind.EDITION_REGISTERED, subject=_subject(row.name), sha256=row.sha256)
    for text in edition.texts:
        made = EditionText.objects.create(
            edition=row, kind=text.kind, content=text.content, sha256=text.sha256
        )
        enqueue("publish_text", text=made.pk)
    return row


def _activate(doing: Doing, row: TermsEdition, actor: Actor, now: datetime) -> None:
    change(
        TermsEdition,
        row=row.pk,
        expected={"activated_at": None},
        to={"activated_at": now, "activated_by": actor.name},
    )
    doing.record(
        EventKind.EDITION_ACTIVATED,
        subject=_subject(row.name),
        sha256=row.sha256,
        effective_from=row.effective_from.isoformat(),
    )


def _subject(edition: str) -> str:
    return f"edition/{edition}"
