"""Fax through the real HylaFAX queue: taken, made into a fax, dialled, its end read (43).

There is no modem: in its place a program ends every call as the test says.
"""

import subprocess
from datetime import UTC, datetime

import pytest

from inro.adapters.fax_spool import FaxSpool
from inro.demo.servers.programs import program
from inro.paper.letters import render_reminder
from inro.ports.mail import Outcome, Outgoing, Report
from inro.practice.notices import NoticeKind
from tests.paper.sheets import OPERATOR, REMINDER, WORDS
from tests.servers.hylafax import FAILED, HylaFax, hylafax

KEY = "<L26-000123-4.abcdef0123456789@ca.example>"


@pytest.fixture
def fax():
    with hylafax() as made:
        yield made


@pytest.fixture(scope="module")
def sheets() -> bytes:
    words = WORDS[NoticeKind.RECEIPT_REMINDER]
    return render_reminder(letter=REMINDER, words=words, operator=OPERATOR)


def spool_of(fax: HylaFax) -> FaxSpool:
    # The queue goes by the machine's clock, and gives a job up when its time is over.
    return FaxSpool(fax.folder, sender="desk@ca.example", clock=lambda: datetime.now(UTC))


def queued(fax: HylaFax, sheets: bytes, *, key: str = KEY) -> str:
    answer = spool_of(fax).send(Outgoing(key=key, recipient="011-000-0000", content=sheets))
    assert answer.outcome is Outcome.QUEUED
    return answer.said


def end_of(fax: HylaFax) -> Report:
    fax.until(lambda: any(True for _ in spool_of(fax).waiting()))
    [report] = spool_of(fax).waiting()
    return report


def test_the_queue_takes_it_dials_and_its_end_is_read_once(fax, sheets):
    fax.queue()
    queued(fax, sheets)
    report = end_of(fax)
    assert (report.key, report.outcome) == (KEY, Outcome.ACCEPTED)
    done = (fax.folder / report.name).read_text()
    assert "number:0110000000\n" in done
    # The queue made one page of the sheets by itself.
    assert "totpages:1\n" in done
    spool_of(fax).put_away(report)
    assert list(spool_of(fax).waiting()) == []
    assert queued(fax, sheets) == "job 1"
    assert list((fax.folder / "sendq").glob("q*")) == []


def test_an_end_that_was_archived_before_it_was_read_is_found(fax, sheets):
    fax.queue()
    queued(fax, sheets)
    end_of(fax)
    subprocess.run([program("faxqclean"), "-q", str(fax.folder), "-a", "-j", "0"], check=True)
    report = end_of(fax)
    assert (report.name, report.outcome) == ("archive/1/q1", Outcome.ACCEPTED)
    spool_of(fax).put_away(report)
    assert list(spool_of(fax).waiting()) == []


def test_a_call_that_comes_to_nothing_is_refused(fax, sheets):
    fax.dials(FAILED)
    fax.queue()
    queued(fax, sheets)
    assert end_of(fax).outcome is Outcome.REFUSED


def test_a_job_waits_for_a_queue_that_does_not_run(fax, sheets):
    assert queued(fax, sheets) == "job 1"
    assert queued(fax, sheets) == "job 1"
    fax.queue()
    assert end_of(fax).outcome is Outcome.ACCEPTED


def test_numbers_are_given_out_together_with_those_of_sendfax(fax, sheets, tmp_path):
    (tmp_path / "fax.pdf").write_bytes(sheets)
    fax.queue(dials=False)
    fax.serve()
    fax.submit(tmp_path / "fax.pdf", tag="first")
    assert queued(fax, sheets) == "job 2"
    fax.submit(tmp_path / "fax.pdf", tag="third")
    assert fax.tags() == {"first": "q1", KEY: "q2", "third": "q3"}


def test_without_a_spool_it_is_put_off_with_the_way_out(tmp_path, sheets):
    spool = FaxSpool(tmp_path, sender="desk@ca.example", clock=lambda: datetime.now(UTC))
    answer = spool.send(Outgoing(key=KEY, recipient="011", content=sheets))
    assert answer.outcome is Outcome.PUT_OFF
    assert "install HylaFAX" in answer.said
