"""`inro campaign list | plan | run | prepare | proof`: notices to all concerned (2.2, 6.2, 11, 43).

Releasing is for the office alone, where another person signs in.
"""

import csv
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from inro.cli.installed import BAD_INPUT, day_given, installed, operator
from inro.cli.private_file import write_private
from inro.cli.refusal import Words, refuse, stop
from inro.configuration.installation import installation_from_environment
from inro.configuration.paper_operator import operator_of
from inro.configuration.policy import Policy, load_policy
from inro.practice.calendar import jst_date
from inro.practice.campaign import CampaignKind, CampaignRefused, CampaignSubject
from inro.practice.duties import Duty
from inro.practice.notices import Channel
from inro.words.campaigns import campaign_problem_words
from inro.words.states import word

if TYPE_CHECKING:
    from inro.store.reads.campaign_proof import ProofLine

app = typer.Typer(help="一斉通知 / notices to everybody concerned", no_args_is_help=True)
_HOME = typer.Option(help="設置の場所 / the installation's folder")
_NUMBER = typer.Argument(help="一斉通知の番号 / the campaign's number")


@app.callback()
def campaign() -> None:
    """一斉通知 / notices to everybody concerned."""


@app.command("list")
def list_campaigns(home: Annotated[Path | None, _HOME] = None) -> None:
    """一斉通知の一覧 / every campaign, the newest first."""
    with installed("inro campaign", home):
        from inro.store.reads.campaign import campaign_records

        for one in campaign_records():
            due = one.last_day.isoformat() if one.last_day else "-"
            print(
                f"{one.number}  {word(one.state, 'ja')}  {word(one.kind, 'ja')}  {one.subject.day}  ≤ {due}"
            )


@app.command()
def plan(
    kind: Annotated[CampaignKind, typer.Argument(help="何の通知か / what is told")],
    *,
    day: Annotated[str, typer.Option(help="実施日・期間の初日 / the day, or the window's first")] = "",
    until: Annotated[str, typer.Option(help="期間の末日 / the window's last day")] = "",
    before: Annotated[int, typer.Option(help="何か月前・何日前 / months or days before the end")] = 0,
    edition: Annotated[str, typer.Option(help="変更後の版 / the edition told of")] = "",
    words: Annotated[str, typer.Option(help="通知書に書く内容 / what the letter says")] = "",
    organization: Annotated[str, typer.Option(help="法人番号・名称 / Corporate Number or name")] = "",
    channel: Annotated[Channel, typer.Option(help="知らせ方 / how everybody is told")] = Channel.POST,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """対象者を抽出し、承認を待つ / find everybody concerned; another person releases it in the office."""
    with installed("inro campaign", home):
        from inro.store.reads.campaign import campaign_record, item_counts
        from inro.usecases.campaign import plan_campaign
        from inro.usecases.governing import governing_policy

        now = datetime.now(UTC)
        policy = load_policy(installation_from_environment().policy)
        chosen = policy.editions.get(edition) or governing_policy(policy).edition_on(jst_date(now))
        subject = CampaignSubject(
            kind=kind,
            day=_day(kind, day, policy, edition, jst_date(now)),
            until=day_given(until, option="--until") if until else None,
            before=before,
            edition=edition,
            words=words,
            organization=organization,
            channel=channel,
        )
        try:
            number = plan_campaign(subject=subject, terms=chosen.terms, actor=operator(Duty.NOTICE), now=now)
        except CampaignRefused as refused:
            _refuse(refused)
        print(f"{number}  {word(kind, 'ja')}")
        for one in item_counts(campaign_record(number).campaign_id):
            why = word(one.exclusion, "ja") if one.exclusion else word(one.state, "ja")
            way = word(one.channel, "ja") if one.channel else "-"
            print(f"{word(one.kind, 'ja')}  {way}  {why}: {one.count:,}")


@app.command()
def run(
    number: Annotated[str, _NUMBER],
    *,
    into: Annotated[Path, typer.Option(help="PDFを置くフォルダ / the folder for the PDFs")],
    dated_on: Annotated[str, typer.Option(help="発送日 / the day of posting on the letters")] = "",
    most: Annotated[int, typer.Option(help="束の数の上限 / at most so many lots, 0 for all", min=0)] = 0,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """残りの束を印刷する（途中で止めても続きから） / print the lots left; it may stop any time."""
    with installed("inro campaign", home):
        now = datetime.now(UTC)
        day = day_given(dated_on, option="--dated-on") if dated_on else jst_date(now)
        try:
            into.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_again(number, into)
            letters = _print_lots(number, into, day, most)
        except CampaignRefused as refused:
            _refuse(refused)
        except OSError as error:
            stop("inro campaign", error)
        print(f"印刷 / printed: {letters:,} 通 / letters → {into}")


def _print_lots(number: str, into: Path, day: date, most: int) -> int:
    from inro.usecases.campaign_letters import House, print_campaign
    from inro.usecases.governing import governing_policy

    installation = installation_from_environment()
    policy = governing_policy(load_policy(installation.policy))
    edition = policy.edition_on(jst_date(datetime.now(UTC)))
    house = House(edition=edition, operator=operator_of(installation), words=policy.notice_words)
    letters, lots, clerk = 0, 0, operator(Duty.NOTICE)
    while not most or lots < most:
        now = datetime.now(UTC)
        lot = print_campaign(number=number, dated_on=day, house=house, actor=clerk, now=now)
        if lot is None:
            break
        write_private(_file(into, number, lot.number), lot.pdf)
        print(f"束 / lot {lot.number}: {lot.letters:,}", flush=True)
        letters, lots = letters + lot.letters, lots + 1
    return letters


def _write_again(number: str, into: Path) -> None:
    """Write the lots on record whose file an ended run did not come to."""
    from inro.store.reads.campaign import batch_pdf, batches, campaign_record

    for lot in batches(campaign_record(number).campaign_id):
        file = _file(into, number, lot.number)
        if lot.postmark is None and not file.exists():
            write_private(file, batch_pdf(lot.batch_id))


def _file(into: Path, number: str, lot: int) -> Path:
    return into / f"{number}-{lot:05d}.pdf"


@app.command()
def prepare(
    number: Annotated[str, _NUMBER],
    *,
    channel: Annotated[Channel, typer.Option(help="email, fax")] = Channel.EMAIL,
    most: Annotated[int, typer.Option(help="束の数の上限 / at most so many lots, 0 for all", min=0)] = 0,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """メール・ＦＡＸの束を準備する（送信は画面から） / make messages ready; the office lets them go."""
    with installed("inro campaign", home):
        from inro.usecases.campaign_messages import prepare_campaign_messages

        lots, clerk = 0, operator(Duty.NOTICE)
        words = load_policy(installation_from_environment().policy).notice_words
        try:
            while not most or lots < most:
                now = datetime.now(UTC)
                lot = prepare_campaign_messages(
                    number=number, channel=channel, words=words, actor=clerk, now=now
                )
                if lot is None:
                    break
                print(f"束 / lot {lot.number}: {lot.messages:,}", flush=True)
                lots += 1
        except CampaignRefused as refused:
            _refuse(refused)


@app.command()
def proof(number: Annotated[str, _NUMBER], home: Annotated[Path | None, _HOME] = None) -> None:
    """到達の一覧をCSVで出力する / write the proof of every notice to standard output as CSV."""
    with installed("inro campaign", home):
        from inro.store.reads.campaign_proof import proof_lines
        from inro.usecases.campaign import write_campaign_list

        record = write_campaign_list(
            number=number, what="proof", actor=operator(Duty.NOTICE), now=datetime.now(UTC)
        )
        writer = csv.writer(sys.stdout)
        writer.writerow(
            (
                "case",
                "letter",
                "name",
                "notice",
                "way",
                "posted",
                "arrived",
                "standing",
                "left out",
                "by hand",
                "came back",
                "sha256",
            )
        )
        writer.writerows(map(_cells, proof_lines(record)))


def _cells(line: "ProofLine") -> tuple[str, ...]:
    return (
        line.case,
        line.letter,
        line.name,
        line.kind,
        line.channel or "",
        line.sent_on.isoformat() if line.sent_on else "",
        line.arrived_on.isoformat() if line.arrived_on else "",
        line.standing or "",
        line.exclusion or "",
        line.by_hand,
        "yes" if line.failed else "",
        line.content_sha256,
    )


def _day(kind: CampaignKind, typed: str, policy: Policy, edition: str, today: date) -> date:
    if kind is CampaignKind.TERMS_CHANGE and edition in policy.editions:
        return policy.editions[edition].terms.effective_from
    return today if kind is CampaignKind.ORGANIZATION else day_given(typed, option="--day")


def _refuse(refused: CampaignRefused) -> NoReturn:
    japanese, english = (campaign_problem_words(refused, language) for language in ("ja", "en"))
    refuse(Words(japanese, english), do=f"correct --{refused.field.replace('_', '-')}", status=BAD_INPUT)
