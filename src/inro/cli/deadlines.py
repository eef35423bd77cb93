"""`inro deadlines`: what is owed and why, the night, the ledger rebuilt and compared (18.7, 26.2, 40(7))."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from inro.adapters.platform_files import PlatformFiles
from inro.cli.installed import BAD_INPUT, installed
from inro.cli.refusal import Words, refuse

app = typer.Typer(help="期限 / deadlines", no_args_is_help=True)


@app.callback()
def deadlines() -> None:
    """期限 / deadlines."""


_HOME = typer.Option(help="設置の場所 / the installation's folder")
_JSON = typer.Option("--json", help="JSON を一行に一件 / JSON, one a line")
_PROGRAM = "inro deadlines"


@app.command("list")
def list_(
    *,
    kind: Annotated[list[str] | None, typer.Option(help="期限の種類 / kinds of deadlines")] = None,
    days: Annotated[int, typer.Option(min=0, max=36_500, help="何日先まで / how many days ahead")] = 0,
    as_json: Annotated[bool, _JSON] = False,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """期限の来たものを古い順に示す / what is due, the longest overdue first."""
    with installed(_PROGRAM, home):
        from inro.store.reads.obligations import every_owed_line

        until = datetime.now(UTC) + timedelta(days=days)
        _show(every_owed_line(_kinds(kind or []), until=until), as_json=as_json)


@app.command()
def explain(
    case: Annotated[str, typer.Argument(help="申込番号 / the application's number")],
    *,
    as_json: Annotated[bool, _JSON] = False,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """案件の期限をすべて、根拠と計算とともに示す / every deadline of a case, with clause and sum."""
    with installed(_PROGRAM, home):
        from inro.store.reads.obligations import lines_of_case

        lines = lines_of_case(case)
        if not lines:
            refuse(
                Words(f"期限のない番号です：{case}", f"nothing is owed, nor was, by {case}"),
                do="see the number on the page of the case",
                status=BAD_INPUT,
            )
        _show(lines, as_json=as_json)


@app.command()
def run(home: Annotated[Path | None, _HOME] = None) -> None:
    """夜間処理を一回動かす / do what the day has brought, as the worker does."""
    with installed(_PROGRAM, home):
        from inro.configuration.installation import installation_from_environment
        from inro.usecases.actor import process
        from inro.usecases.night import run_night

        platform = PlatformFiles(places=installation_from_environment().platform)
        done = run_night(platform=platform.facts, actor=process("deadlines-run"), now=datetime.now(UTC))
        if done.waiting is not None:
            raise done.waiting
        typer.echo(
            f"期限到来 / reached: {done.reached}\n期間満了 / expired: {done.expired}\n"
            f"削除した入力 / drafts deleted: {done.drafts}\n期限切れの申請 / requests lapsed: {done.lapsed}\n"
            f"失効の提案 / revocations proposed: {done.proposed}"
        )


@app.command()
def verify(home: Annotated[Path | None, _HOME] = None) -> None:
    """記録から計算し直して比べる / rebuild the ledger from the record; status 1 if any row differs."""
    with installed(_PROGRAM, home):
        from inro.usecases.obligation import ledger_differences

        found = [
            f"× {one.subject}: {one.kind} {one.kept or '―'} → {one.wanted or '―'}"
            for one in ledger_differences(now=datetime.now(UTC))
        ]
    for line in found or ["○ すべて一致します / nothing differs"]:
        typer.echo(line)
    if found:
        typer.echo("直すには / to mend: inro deadlines mend")
        raise SystemExit(1)


@app.command()
def mend(home: Annotated[Path | None, _HOME] = None) -> None:
    """違うものを付け直す（約款や暦を変えた後） / set anew what differs, as after new terms or calendar."""
    with installed(_PROGRAM, home):
        from inro.usecases.actor import process
        from inro.usecases.night import mend_ledger

        mended = mend_ledger(actor=process("deadlines-mend"), now=datetime.now(UTC))
    typer.echo(f"直した案件 / cases mended: {mended}")


@app.command()
def calendar(
    language: Annotated[str, typer.Option(help="ja, en")] = "ja",
    days: Annotated[int, typer.Option(min=0, max=36_500, help="何日先まで / how many days ahead")] = 90,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """iCalendar として書き出す / write a calendar (RFC 5545) to standard output."""
    with installed(_PROGRAM, home):
        from inro.configuration.installation import installation_from_environment
        from inro.store.reads.obligations import every_owed_line
        from inro.words.calendar_file import CalendarEntry, calendar_lines

        now = datetime.now(UTC)
        entries = (
            CalendarEntry(row=line.row, about=line.about, deadline=line.deadline, rule=line.rule)
            for line in every_owed_line((), until=now + timedelta(days=days))
        )
        house = installation_from_environment().operator.service
        for line in calendar_lines(entries, house=house, language=language, now=now):
            sys.stdout.buffer.write(line)


@app.command()
def watch(
    *,
    mail: Annotated[bool, typer.Option(help="遅れをメールで知らせる / tell by mail what is late")] = False,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """夜間処理と設備の期限を見張る / one line for a monitor; status 1 while anything is late."""
    with installed(_PROGRAM, home):
        from inro.configuration.installation import installation_from_environment
        from inro.store.reads.health import health
        from inro.words.health import alarm_words

        now = datetime.now(UTC)
        probers = installation_from_environment().platform.probers
        found = health(now=now, probers=probers)
        typer.echo(found.line())
        if found.is_late and mail:
            late = [(line.about, line.deadline) for line in found.late]
            held = [
                (f"{one.key.name}/{one.number}", one.stopped_for) for one in found.stopped if one.stopped_for
            ]
            words = alarm_words(
                late,
                stopped=held,
                waiting=[(f"{one.key.name}/{one.number}", one.publication) for one in found.waiting],
                probes=[one.result for one in found.probes if not one.result.is_well],
                silent=found.silent,
                overdue=found.overdue,
            )
            _send("inro late", f"{found.line()}\n\n{words}", now=now)
    if found.is_late:
        raise SystemExit(1)


def _send(subject: str, text: str, *, now: datetime) -> None:
    from inro.adapters.alarm_mail import send_alarm
    from inro.adapters.smtp_mail import MailServer, SmtpMail
    from inro.configuration.installation import installation_from_environment

    places = installation_from_environment()
    if places.alarm is None or places.mail is None:
        refuse(
            Words("警報の宛先がありません", "nobody is named who is told"),
            do="write [alarm] in inro.toml",
            status=BAD_INPUT,
        )
    send_alarm(
        mail=SmtpMail(MailServer.of(places.mail, tells_success=False)),
        sender=places.mail.sender,
        receivers=places.alarm.receivers,
        subject=subject,
        text=text,
        now=now,
    )


def _kinds(named: Iterable[str]) -> list[Any]:
    from inro.practice.deadlines import DeadlineKind

    known = list(DeadlineKind)
    for name in named:
        if name not in known:
            refuse(
                Words(f"期限の種類ではありません：{name}", f"no kind of deadline: {name}"),
                do=f"choose of {', '.join(known)}",
                status=BAD_INPUT,
            )
    return [DeadlineKind(name) for name in named]


def _show(lines: Iterable[Any], *, as_json: bool) -> None:
    from inro.words.day_sums import deadline_words
    from inro.words.owed import about_words
    from inro.words.states import word

    for line in lines:
        if as_json:
            typer.echo(json.dumps(line.as_record(), ensure_ascii=False))
            continue
        ja, en = (deadline_words(line.deadline, language) for language in ("ja", "en"))
        called = [
            f"{about_words(line.kind, line.about, language)} {word(line.kind, language)}".lstrip()
            for language in ("ja", "en")
        ]
        typer.echo(f"{line.deadline.day} {' / '.join(called)}")
        typer.echo(f"  {word(line.rule.consequence, 'ja')} / {word(line.rule.consequence, 'en')}")
        typer.echo(f"  {ja}\n  {en}")
        if line.closed_by:
            typer.echo(f"  完了 / done: {line.closed_by} {line.closed_at.isoformat()}")
