"""A campaign's files: a sample, a lot's letters, the page's text, the proof, the certificates (11, 43)."""

import hashlib
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from inro.configuration.paper_operator import operator_of
from inro.paper.announcements import announcement_of
from inro.paper.proof import ProofRow, ProofSheet, render_proof
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.campaign import LISTS_ONLY, NOTICES, Standing
from inro.practice.export import Charset
from inro.store.errors import Unknown
from inro.store.reads.campaign import (
    CampaignRecord,
    batch_pdf,
    batch_record,
)
from inro.store.reads.campaign_certificates import listed_certificates
from inro.store.reads.campaign_proof import ProofLine, proof_lines, standings_by_way
from inro.usecases.campaign import write_campaign_list
from inro.usecases.campaign_letters import House, sample_letter
from inro.web.office import clock
from inro.web.office.campaigns.campaign import found
from inro.web.office.clerk import actor_of, needs
from inro.web.office.house import house
from inro.web.office.queue.csv_file import csv_answer, csv_lines
from inro.words.day_sums import counted
from inro.words.states import word

# A list on paper longer than this is read by nobody: then it names who was told late or not at all.
MOST_ON_PAPER = 2_000


@require_safe
@needs(Act.VIEW_CAMPAIGNS)
def sample(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """Give a letter as it would be printed today, to nobody real."""
    record = found(number)
    if record.kind in LISTS_ONLY:
        raise Http404
    today, policy = jst_date(clock.now()), house().policy
    own = House(
        edition=policy.edition_on(today),
        operator=operator_of(house().installation),
        words=policy.notice_words,
    )
    pdf = sample_letter(record=record, dated_on=today, house=own)
    return _inline(pdf, "application/pdf", f"{number}-sample.pdf")


@require_safe
@needs(Act.VIEW_CAMPAIGNS)
def page_text(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """Give the words of the public page, heading and text."""
    record = found(number)
    if record.kind in LISTS_ONLY:
        raise Http404
    words = announcement_of(
        record.subject,
        words=house().policy.notice_words[NOTICES[record.kind][0].kind],
        operator=operator_of(house().installation),
    ).as_page()
    return _inline("\n\n".join((*words, "")).encode(), "text/plain; charset=utf-8", f"{number}.txt")


@require_safe
@needs(Act.PRINT_CAMPAIGN)
def letters(request: HttpRequest, number: str, batch: int) -> HttpResponse:  # noqa: ARG001
    """Give a lot's letters as they were printed."""
    record = found(number)
    try:
        pdf = batch_pdf(batch_record(record.campaign_id, batch).batch_id)
    except Unknown as unknown:
        raise Http404 from unknown
    return _inline(pdf, "application/pdf", f"{number}-letters-{batch}.pdf")


@require_POST
@needs(Act.WRITE_CAMPAIGN_LIST)
def proof_csv(request: HttpRequest, number: str) -> HttpResponse:
    """Give the proof of every notice as a file; that it leaves is on record before its first line."""
    record = found(number)
    write_campaign_list(number=number, what="proof", actor=actor_of(request), now=clock.now())
    return csv_answer(_proof(record), charset=Charset.UTF_8, name=f"{number}-proof")


@require_POST
@needs(Act.WRITE_CAMPAIGN_LIST)
def proof_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Give the proof on paper: the counts, the file's hash, and who was told."""
    record, now = found(number), clock.now()
    write_campaign_list(number=number, what="proof on paper", actor=actor_of(request), now=now)
    hashed = hashlib.sha256()
    for line in _proof(record):
        hashed.update(line)
    ways = standings_by_way(record)
    every = sum(sum(counts.values()) for counts in ways.values()) <= MOST_ON_PAPER
    sheet = ProofSheet(
        number=number,
        told_of=word(record.kind, "ja"),
        last_day=record.last_day,
        counted=counted(record.deadline) if record.last_day and record.deadline else (),
        counts=tuple(
            (word(way, "ja"), tuple((word(one, "ja"), f"{counts[one]:,}") for one in Standing))
            for way, counts in ways.items()
        ),
        rows=tuple(_rows(record, every=every)),
        whole=every,
        file_sha256=hashed.hexdigest(),
    )
    pdf = render_proof(sheet=sheet, made_on=jst_date(now), operator=operator_of(house().installation))
    return _inline(pdf, "application/pdf", f"{number}-proof.pdf")


@require_POST
@needs(Act.WRITE_CAMPAIGN_LIST)
def revocations_csv(request: HttpRequest, number: str) -> HttpResponse:
    """Give the list of certificates as it was handed over."""
    record = found(number)
    if record.listed_at is None:
        raise Http404
    write_campaign_list(number=number, what="revocations", actor=actor_of(request), now=clock.now())
    rows = (
        (one.serial, one.case, jst_date(one.not_after).isoformat())
        for one in listed_certificates(record, at=record.listed_at)
    )
    head = (gettext("Serial number"), gettext("Application number"), gettext("Valid until"))
    lines = csv_lines(head=head, rows=rows, charset=Charset.UTF_8)
    return csv_answer(lines, charset=Charset.UTF_8, name=f"{number}-revocations")


def _proof(record: CampaignRecord) -> Iterator[bytes]:
    head = (
        gettext("Application number"),
        gettext("Letter"),
        gettext("Name"),
        gettext("Notice"),
        gettext("Way"),
        gettext("Posted"),
        gettext("Arrived"),
        gettext("Standing"),
        gettext("Left out because"),
        gettext("Given by hand"),
        gettext("Message came back"),
        "SHA-256",
    )
    return csv_lines(head=head, rows=map(_cells, proof_lines(record)), charset=Charset.UTF_8)


def _cells(line: ProofLine) -> tuple[str, ...]:
    language = get_language() or "ja"
    return (
        line.case,
        line.letter,
        line.name,
        word(line.kind, language),
        word(line.channel, language) if line.channel else "",
        line.sent_on.isoformat() if line.sent_on else "",
        line.arrived_on.isoformat() if line.arrived_on else "",
        word(line.standing, language) if line.standing else "",
        word(line.exclusion, language) if line.exclusion else "",
        line.by_hand,
        gettext("Yes") if line.failed else "",
        line.content_sha256,
    )


def _rows(record: CampaignRecord, *, every: bool) -> Iterator[ProofRow]:
    shown = 0
    for line in proof_lines(record):
        wanted = line.standing is not None and (every or line.standing is not Standing.IN_TIME)
        if not wanted or line.standing is None or line.channel is None or shown >= MOST_ON_PAPER:
            continue
        shown += 1
        yield ProofRow(
            case=line.case,
            letter=line.letter,
            name=line.name,
            channel=word(line.channel, "ja"),
            sent_on=line.sent_on.isoformat() if line.sent_on else "―",
            arrived_on=line.arrived_on.isoformat() if line.arrived_on else "―",
            standing=word(line.standing, "ja"),
            by_hand=bool(line.by_hand),
        )


def _inline(octets: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type=media)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
