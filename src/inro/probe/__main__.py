"""`python -m inro.probe`: one round of the prober, told, mailed, recorded; for a timer here or elsewhere.

Without `--home` or `INRO_HOME` it needs neither database nor installation: a plan, certificates, a network.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from inro.adapters.alarm_mail import send_alarm
from inro.adapters.smtp_mail import MailServer, SmtpMail
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import Installation, installation_from_environment
from inro.configuration.process import prepare_process
from inro.ports.errors import PortError
from inro.practice.errors import Refused
from inro.practice.probe import ProbeFinding, ProbeResult, Problem
from inro.probe.memory import Memory, MemoryLost, read_memory, write_memory
from inro.probe.plan import FILE, Plan, load_plan
from inro.probe.round import probe_once
from inro.store.errors import StoreError
from inro.words.probe import probe_lines
from inro.words.way_out import refusal_line

BAD_INPUT = 2
_MOST_OCTETS = 1 << 20
# A revocation is in the answers at once and on the lists within a minute.
_UNTIL_LISTED_S = 60.0
_STOPS = (ConfigurationRefused, PortError, Refused, StoreError, OSError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Probe once; 0 where all is well, 1 where something is wrong, 2 where it could not be asked."""
    given = _parser().parse_args(arguments)
    try:
        if given.home is not None:
            os.environ["INRO_HOME"] = str(given.home.absolute())
            prepare_process()
        plan = None if given.record else load_plan(given.plan or (given.home or Path()) / FILE)
        result = _result_in(given.record) if plan is None else _probed(plan)
        _tell(result, as_json=given.json)
        # Recorded first: a mail server that is down hides no finding from the office.
        if given.home is not None:
            _record(result)
        if given.mail and not result.is_well:
            here = installation_from_environment() if given.home is not None else None
            _mail(result, plan if plan is not None and plan.alarm else here)
    except _STOPS as error:
        print(refusal_line("inro probe", error), file=sys.stderr)
        return BAD_INPUT
    return 0 if result.is_well else 1


def _probed(plan: Plan) -> ProbeResult:
    memory, lost = _memory(plan)
    result, seen = probe_once(plan, before=memory, now=datetime.now(UTC), wait=time.sleep)
    if any(finding.problem is Problem.VALID_CALLED_REVOKED for finding in result.findings):
        time.sleep(_UNTIL_LISTED_S)
        result, seen = probe_once(plan, before=memory, now=datetime.now(UTC), wait=time.sleep)
    write_memory(plan.memory, seen)
    return replace(result, findings=(*lost, *result.findings))


def _memory(plan: Plan) -> tuple[Memory, tuple[ProbeFinding, ...]]:
    try:
        return read_memory(plan.memory), ()
    except MemoryLost:
        # Told once, and begun anew: a prober that stopped here would see nothing more.
        return {}, (ProbeFinding(problem=Problem.MEMORY_LOST, address=str(plan.memory)),)


def _result_in(file: str) -> ProbeResult:
    try:
        text = sys.stdin.read(_MOST_OCTETS) if file == "-" else Path(file).read_text("utf-8")[:_MOST_OCTETS]
        return ProbeResult.from_record(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        do = "hand over what inro probe --json printed"
        raise ConfigurationRefused(
            file=Path(file), problem=f"no round of a prober: {error}", do=do
        ) from error


def _tell(result: ProbeResult, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(result.as_record(), ensure_ascii=False))
        return
    for line in probe_lines(result):
        print(line)


def _record(result: ProbeResult) -> None:
    # Models can be imported only once the process is prepared.
    from inro.usecases.actor import process
    from inro.usecases.probe import record_probe

    record_probe(result=result, actor=process("probe"), now=datetime.now(UTC))


def _mail(result: ProbeResult, places: Plan | Installation | None) -> None:
    """Tell whom the plan names, else whom the installation names."""
    if places is None or places.alarm is None or places.mail is None:
        raise ConfigurationRefused(
            file=Path(FILE), key="alarm", problem="nobody is named who is told", do="write [alarm] there"
        )
    send_alarm(
        mail=SmtpMail(MailServer.of(places.mail, tells_success=False)),
        sender=places.mail.sender,
        receivers=places.alarm.receivers,
        subject=f"inro probe {result.name}",
        text="\n".join(probe_lines(result)),
        now=datetime.now(UTC),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="inro probe", description=__doc__)
    parser.add_argument("--plan", type=Path, help=f"the prober's plan, {FILE} if not named")
    home = os.environ.get("INRO_HOME")
    parser.add_argument(
        "--home",
        type=Path,
        default=Path(home) if home else None,
        help="record the round in this installation",
    )
    parser.add_argument("--json", action="store_true", help="print the round as JSON")
    parser.add_argument("--mail", action="store_true", help="tell by mail what is wrong")
    parser.add_argument("--record", metavar="FILE", help="record a round made elsewhere; - is standard input")
    return parser


if __name__ == "__main__":
    sys.exit(main())
