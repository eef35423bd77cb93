"""`inro renewal print`: notices and application forms filled in from earlier applications (6.2, 8.11).

Each person's papers are one PDF, so that one that jams is printed again alone; `index.csv` lists the mailing.
"""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pikepdf
import typer

from inro.cli.installed import BAD_INPUT, day_given, installed, operator
from inro.cli.private_file import write_private
from inro.cli.refusal import Words, refuse, stop
from inro.configuration.editions import Edition
from inro.configuration.installation import installation_from_environment
from inro.configuration.paper_operator import operator_of
from inro.configuration.policy import load_policy
from inro.japanese.replacement_since import certified_outside_gate, replaced_otherwise
from inro.paper.errors import GlyphMissing, SheetRefused, TextTooLong
from inro.paper.letters import ExpiryNotice
from inro.paper.parties import Operator
from inro.paper.renewal_papers import addressee_of, render_renewal
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import NoticeKind
from inro.practice.past_application import PastService
from inro.practice.renewal import NotRenewable, RenewalObstacle, left_out, renewal_form
from inro.practice.stated import StatedForm
from inro.words.refusals import refusal_words
from inro.words.states import word

if TYPE_CHECKING:
    from inro.store.reads.renewal import EarlierApplication

INDEX = "index.csv"
HEADINGS = (
    "申込番号 number",
    "前回の申込番号 earlier number",
    "前回のサービス earlier service",
    "有効期間満了日 ends on",
    "宛名 addressee",
    "郵便番号 postal code",
    "住所 address",
    "ファイル file",
    "頁 pages",
    "備考 notes",
)

app = typer.Typer(help="更新 / renewals", no_args_is_help=True)


@app.callback()
def renewal() -> None:
    """更新 / renewals."""


@app.command("print")
def print_forms(
    numbers: Annotated[
        list[str] | None, typer.Argument(help="前回の申込番号 / numbers of earlier applications")
    ] = None,
    *,
    expiring_by: Annotated[
        str, typer.Option(help="この日までに満了する全員 / all whose certificates end by this day")
    ] = "",
    service: Annotated[
        PastService | None, typer.Option(help="番号のサービス / the service that gave the numbers out")
    ] = None,
    into: Annotated[Path, typer.Option(help="PDFを置くフォルダ / the folder for the PDFs")],
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """前回の申込みから更新の申込書類を印字する / fill in forms from earlier applications, to be sealed."""
    if bool(numbers) is bool(expiring_by):
        refuse(
            Words("番号か満了日のどちらかを指定してください", "give either numbers or a day"),
            do="inro renewal print A26-000001-K --into FOLDER, or --expiring-by 2027-03-31 for all",
            status=BAD_INPUT,
        )
    by = day_given(expiring_by, option="--expiring-by") if expiring_by else None
    with installed("inro renewal", home):
        try:
            mailing = _mailing(into)
            lines = [mailing.line(one) for one in _earlier(numbers or [], by, service, mailing.today)]
            write_private(into / INDEX, _index(lines))
        except OSError as error:
            stop("inro renewal", error)
    _tell(lines, into)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingLine:
    """One person of a mailing; `file` is empty where nothing was printed, `problem` says why."""

    number: str
    earlier: str
    service: str
    ends_on: str
    addressee: str
    postal_code: str
    address: str
    file: str
    pages: str
    notes: str
    problem: Words | None = None
    is_wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What all papers of one run have in common."""

    into: Path
    edition: Edition
    operator: Operator
    words: NoticeWords
    now: datetime

    @property
    def today(self) -> date:
        """The day in Japan."""
        return jst_date(self.now)

    def line(self, earlier: "EarlierApplication") -> MailingLine:
        """Print one person's papers, or say why not; nothing of it is left then."""
        from inro.usecases.renewal import RenewalUnderWay

        try:
            return self._printed(earlier)
        except NotRenewable as refused:
            japanese, english = (word(refused.obstacle, language) for language in ("ja", "en"))
            return _line(earlier, problem=Words(japanese, english), is_wrong=True)
        except (GlyphMissing, TextTooLong, SheetRefused) as refused:
            problem = Words(refusal_words(refused, "ja"), refusal_words(refused, "en"))
            return _line(earlier, problem=problem, is_wrong=True)
        except RenewalUnderWay as refused:
            problem = Words(refusal_words(refused, "ja"), refusal_words(refused, "en"))
            return _line(earlier, number=refused.renewal, problem=problem)

    def _printed(self, earlier: "EarlierApplication") -> MailingLine:
        from inro.usecases.renewal import check_not_under_way, open_renewal

        form = renewal_form(earlier.form, number=earlier.number, on=self.today)
        if certified_outside_gate(form):
            raise NotRenewable(number=earlier.number, obstacle=RenewalObstacle.OUTSIDE_GATE)
        check_not_under_way(earlier.number, earlier.renewals)
        # What cannot be printed is found before there is an application, not after.
        self._pdf(earlier, form, number="A00-000000-0", made_on=self.today)
        opened = open_renewal(
            earlier=earlier,
            form=form,
            edition=self.edition.terms.edition,
            edition_sha256=self.edition.sha256,
            actor=operator(Duty.NOTICE),
            now=self.now,
        )
        pdf = self._pdf(earlier, form, number=opened.number, made_on=jst_date(opened.drafted_at))
        file = f"{opened.number}.pdf"
        write_private(self.into / file, pdf)
        notes = [str(Words("再印刷", "printed again"))] if opened.again else []
        notes += [str(Words(word(one, "ja"), word(one, "en"))) for one in left_out(earlier.form)]
        notes += _changes(form)
        return _line(earlier, number=opened.number, file=file, pages=str(_pages(pdf)), notes="; ".join(notes))

    def _pdf(self, earlier: "EarlierApplication", form: StatedForm, *, number: str, made_on: date) -> bytes:
        notice = ExpiryNotice(
            number=f"{number}-E",
            sent_on=made_on,
            recipient=addressee_of(earlier.form, earlier.contact),
            certificate_number=earlier.certificate_number,
            not_after=earlier.not_after,
            form_enclosed=True,
            subscriber_name=form.certificate_name,
        )
        return render_renewal(
            form=form,
            number=number,
            made_on=made_on,
            edition=self.edition.terms.edition,
            terms=self.edition.terms,
            operator=self.operator,
            # Of a certificate that has ended nobody is told that it will.
            notice=notice if earlier.not_after >= self.now else None,
            words=self.words,
        )


def _mailing(into: Path) -> Mailing:
    # Imported here, because Django reads the installation when it is set up.
    from inro.usecases.governing import governing_policy

    installation, now = installation_from_environment(), datetime.now(UTC)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    policy = governing_policy(load_policy(installation.policy))
    return Mailing(
        into=into,
        edition=policy.edition_on(jst_date(now)),
        operator=operator_of(installation),
        words=policy.notice_words[NoticeKind.EXPIRY],
        now=now,
    )


def _earlier(
    numbers: list[str], by: date | None, service: PastService | None, today: date
) -> Iterator["EarlierApplication"]:
    # Imported here, because Django reads the installation when it is set up.
    from inro.store.reads.renewal import earlier_applications, ending_applications

    if by is not None:
        # Read to the end before anything is written.
        yield from list(ending_applications(since=today, by=by))
    for number in numbers:
        found = [one for one in earlier_applications(number) if service in (None, one.service)]
        if len(found) != 1:
            refuse(
                Words(f"{number} が一つに定まりません", f"{number} is not one application"),
                do="say which service gave it out: --service present  or  --service predecessor",
                status=BAD_INPUT,
            )
        yield found[0]


def _line(
    earlier: "EarlierApplication",
    *,
    number: str = "",
    file: str = "",
    pages: str = "",
    notes: str = "",
    problem: Words | None = None,
    is_wrong: bool = False,
) -> MailingLine:
    recipient = addressee_of(earlier.form, earlier.contact)
    return MailingLine(
        number=number,
        earlier=earlier.number,
        service=word(earlier.service, "ja"),
        ends_on=jst_date(earlier.not_after).isoformat(),
        addressee="　".join(filter(None, (recipient.organization, recipient.name))),
        postal_code=recipient.postal_code,
        address="　".join(recipient.address),
        file=file,
        pages=pages,
        notes=notes or (str(problem) if problem else ""),
        problem=problem,
        is_wrong=is_wrong,
    )


def _changes(form: StatedForm) -> Iterator[str]:
    for change in replaced_otherwise(form):
        yield str(
            Words(
                f"「{change.original}」は「{change.printed}」で印字（現在の表では「{change.today}」）",
                f"{change.original} is printed as {change.printed}, today's tables say {change.today}",
            )
        )


def _index(lines: list[MailingLine]) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for line in lines:
        cells = asdict(line)
        writer.writerow([cells[name] for name in cells if name not in ("problem", "is_wrong")])
    return out.getvalue().encode("utf-8-sig")


def _pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def _tell(lines: list[MailingLine], into: Path) -> None:
    printed = [line for line in lines if line.file]
    print(f"印刷 / printed: {len(printed):,} 件 / applications → {into / INDEX}")
    for line in lines:
        if line.problem is not None:
            print(f"{line.earlier}: {line.problem}")
    wrong = sum(line.is_wrong for line in lines)
    if wrong:
        refuse(
            Words(f"印字できなかった申込み: {wrong:,}", f"not printed: {wrong:,}"),
            do="write to those applicants that they make the form with the wizard; the index names them",
        )
