"""What `inro doctor` says of the machine under an installation."""

from pathlib import Path

import pytest

from inro.cli.doctor import report
from inro.cli.finding import Verdict
from inro.cli.machine import (
    GIBIBYTE,
    disk_finding,
    font_finding,
    kernel_clock_state,
    machine_findings,
    module_finding,
    pkcs11_finding,
    synchronisation_finding,
)


def test_a_missing_module_is_named_with_the_command_that_installs_it():
    finding = module_finding(("json", "no_such_module"))
    assert finding.verdict is Verdict.MISSING
    assert "no_such_module" in finding.detail.japanese
    assert "json" not in finding.detail.english
    assert finding.do == "tools/set-up run"


def test_a_missing_pkcs11_module_is_named(tmp_path):
    finding = pkcs11_finding(tmp_path / "libsofthsm2.so")
    assert finding.verdict is Verdict.MISSING
    assert str(tmp_path) in finding.detail.english
    assert "softhsm2" in finding.do


@pytest.mark.parametrize(
    ("free", "verdict"),
    [
        (0, Verdict.MISSING),
        (GIBIBYTE - 1, Verdict.MISSING),
        (GIBIBYTE, Verdict.DOUBTFUL),
        (5 * GIBIBYTE - 1, Verdict.DOUBTFUL),
        (5 * GIBIBYTE, Verdict.WELL),
    ],
)
def test_room_on_the_disk(free, verdict):
    assert disk_finding(Path("/srv/inro"), free=free).verdict is verdict


@pytest.mark.parametrize(("state", "verdict"), [(0, Verdict.WELL), (5, Verdict.DOUBTFUL)])
def test_clock_synchronisation(state, verdict):
    assert synchronisation_finding(state).verdict is verdict


def test_the_kernel_answers():
    assert kernel_clock_state() in range(6)


def test_this_machine_has_what_set_up_installs(tmp_path):
    found = list(machine_findings(tmp_path))
    lacking = [finding for finding in found if finding.verdict is Verdict.MISSING]
    assert [finding for finding in lacking if finding.subject.english != "room on the disk"] == []
    assert font_finding().verdict is Verdict.WELL


def test_a_report_says_both_languages_and_what_to_do(tmp_path):
    first, second = report([pkcs11_finding(tmp_path / "module.so")])
    assert first.startswith("× PKCS#11 モジュール / PKCS#11 module: ")
    assert second == "    対処 / what to do: apt-get install -y softhsm2"
