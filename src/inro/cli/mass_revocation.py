"""`inro mass-revocation`: lists of certificates to revoke, and the notices of them, by machine (22.1, 22.2).

Examining and deciding is for the office alone, where officers sign with their security keys.
"""

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inro.cli.installed import BAD_INPUT, day_given, installed, operator
from inro.cli.refusal import Words, refuse, stop
from inro.configuration.installation import installation_from_environment
from inro.configuration.policy import load_policy
from inro.configuration.trust import read_trust
from inro.pki.issuer import IssuerRefused, issuer_of
from inro.practice.duties import Duty
from inro.practice.mass_revocation import Criterion, PlanRefused
from inro.words.mass_revocation import plan_problem_words
from inro.words.states import word

if TYPE_CHECKING:
    from inro.usecases.mass_rehearsal import Lists

app = typer.Typer(help="一括失効 / mass revocations", no_args_is_help=True)
_PROGRAM = "inro mass-revocation"
_HOME = typer.Option(help="設置の場所 / the installation's folder")
_NUMBER = typer.Argument(help="一括失効の番号 / the mass revocation's number")


@app.callback()
def mass_revocation() -> None:
    """一括失効 / mass revocations."""


@app.command("list")
def list_mass_revocations(home: Annotated[Path | None, _HOME] = None) -> None:
    """一括失効の一覧 / every mass revocation, the newest first."""
    with installed(_PROGRAM, home):
        from inro.store.reads.mass_revocation import mass_revocations

        for one in mass_revocations():
            print(f"{one.number}  {word(one.state, 'ja')}  {one.ground}  {one.count:,}")


@app.command()
def plan(
    ground: Annotated[
        str, typer.Argument(help="失効事由の条項 / the ground's clause, e.g. 22.1(2)/compromised")
    ],
    *,
    everyone: Annotated[bool, typer.Option(help="すべての証明書 / all of the CA")] = False,
    card_model: Annotated[str, typer.Option(help="カードの型式 / card model")] = "",
    key_origin: Annotated[str, typer.Option(help="鍵の生成元 / origin of the key")] = "",
    profile: Annotated[str, typer.Option(help="プロファイルのSHA-256 / the profile's SHA-256")] = "",
    organization: Annotated[str, typer.Option(help="法人番号・名称 / Corporate Number or name")] = "",
    issued_by: Annotated[str, typer.Option(help="発行を承認した担当者 / who approved the issuing")] = "",
    issued_from: Annotated[str, typer.Option(help="発行日の初日 / first day of issue")] = "",
    issued_until: Annotated[str, typer.Option(help="発行日の末日 / last day of issue")] = "",
    discontinuation: Annotated[str, typer.Option(help="終了の一斉通知の番号 / the campaign's number")] = "",
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """対象を2通りに選び、一致すれば計画する / find the list twice; where both agree it is planned."""
    with installed(_PROGRAM, home):
        from inro.usecases.mass_revocation import plan_discontinuation, plan_mass_revocation

        clerk, now = operator(Duty.REVOCATION_INTAKE), datetime.now(UTC)
        criterion = Criterion(
            everyone=everyone,
            card_model=card_model,
            key_origin=key_origin,
            profile_sha256=profile,
            organization=organization,
            operator=issued_by,
            issued_from=_day(issued_from, "--issued-from"),
            issued_until=_day(issued_until, "--issued-until"),
        )
        try:
            if discontinuation:
                number = plan_discontinuation(campaign=discontinuation, actor=clerk, now=now)
            else:
                number = plan_mass_revocation(criterion=criterion, ground=ground, actor=clerk, now=now)
        except PlanRefused as refused:
            japanese, english = (plan_problem_words(refused, language) for language in ("ja", "en"))
            refuse(Words(japanese, english), do=f"correct {refused.field}", status=BAD_INPUT)
        _show(number)


@app.command()
def rehearse(number: Annotated[str, _NUMBER], home: Annotated[Path | None, _HOME] = None) -> None:
    """失効させずに予行する / find the list again, draft the next CRL, estimate how long it takes."""
    with installed(_PROGRAM, home):
        from inro.usecases.mass_rehearsal import rehearse_mass_revocation

        rehearsal = rehearse_mass_revocation(
            number=number,
            lists=_lists(),
            stopwatch=time.perf_counter,
            actor=operator(Duty.REVOCATION_INTAKE),
            now=datetime.now(UTC),
        )
        for month, count in sorted(rehearsal.selection.by_month.items()):
            print(f"{month}  {count:,}")
        for organization, count in rehearsal.selection.by_organization.most_common(20):
            print(f"{organization or '-'}  {count:,}")
        print(f"次のリスト / next full CRL: {rehearsal.entries:,} ({rehearsal.octets:,} B)")
        print(f"見込み / estimated: {rehearsal.seconds:.0f} s")
        if not rehearsal.fresh:
            refuse(
                Words("計画のときと一覧が異なります", "the list is another than when it was planned"),
                do="drop the plan and plan anew",
            )


@app.command()
def show(number: Annotated[str, _NUMBER], home: Annotated[Path | None, _HOME] = None) -> None:
    """一件の状況 / one mass revocation as it stands."""
    with installed(_PROGRAM, home):
        _show(number)


@app.command()
def notices(number: Annotated[str, _NUMBER], home: Annotated[Path | None, _HOME] = None) -> None:
    """失効通知を作成する（途中で止めても続きから） / write the notices left; it may stop any time."""
    with installed(_PROGRAM, home):
        from inro.usecases.mass_notices import write_mass_notices

        clerk, written = operator(Duty.NOTICE), 0
        while some := write_mass_notices(number=number, actor=clerk, now=datetime.now(UTC)):
            written += some
        print(f"通知 / notices: {written:,}")


def _show(number: str) -> None:
    from inro.store.reads.mass_revocation import mass_progress, mass_revocation

    record = mass_revocation(number)
    print(f"{record.number}  {word(record.state, 'ja')}  {record.ground}")
    print(f"証明書 / certificates: {record.count:,}  SHA-256 {record.serials_sha256}")
    for why, count in record.left_out.items():
        print(f"対象外 / left out: {word(why, 'ja')} {count:,}")
    for state, count in mass_progress(record.mass_id).items():
        if count:
            print(f"{state.value}: {count:,}")


def _day(typed: str, option: str) -> date | None:
    return day_given(typed, option=option) if typed else None


def _lists() -> "Lists":
    from inro.usecases.mass_rehearsal import Lists

    installation = installation_from_environment()
    try:
        issuer = issuer_of(read_trust(installation.trust / "ca.der"))
    except IssuerRefused as refused:
        stop(_PROGRAM, refused)
    return Lists(profile=load_policy(installation.policy).list_profile, issuer=issuer)
