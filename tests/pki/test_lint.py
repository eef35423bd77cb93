"""Every rule finds what it is for: one file per broken case, each with the findings expected of it."""

import base64
import tomllib
from datetime import date
from pathlib import Path

import pytest

from inro.pki.crl import ListKind
from inro.pki.finding import Finding, Severity
from inro.pki.issuer import issuer_of
from inro.pki.lint import (
    blocking,
    certificate_rules,
    lint_certificate,
    lint_list,
    lint_list_bytes,
    list_rules,
)
from inro.pki.lint.registry import Register, run_rules
from inro.pki.profile import Excuse, Profile, ProfileKind, load_profile
from tests.pki import material

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(CORPUS.glob("*.toml"))
COLLECTED = 46


def findings_of(file: Path) -> tuple[Finding, ...]:
    """Lint one case as its kind."""
    raw = tomllib.loads(file.read_text())
    issuer = issuer_of((CORPUS / "ca.der").read_bytes())
    data = base64.b64decode(raw["der"])
    if raw["kind"] == "subscriber":
        return lint_certificate(certificate=data, profile=material.profile(), issuer=issuer)
    kind = ListKind(raw["kind"])
    return lint_list_bytes(certificate_list=data, kind=kind, profile=material.lists(), issuer=issuer)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_broken_case_gives_its_findings_and_no_other(file: Path) -> None:
    expected = tomllib.loads(file.read_text())["expected"]
    assert sorted(finding.code for finding in findings_of(file)) == expected


def test_every_file_of_the_corpus_is_a_case() -> None:
    present = {path.name for path in CORPUS.iterdir()}
    assert present == {file.name for file in FILES} | {"ca.der"}
    assert len(FILES) == COLLECTED


def test_every_rule_has_a_case_or_a_test_here() -> None:
    """A rule nobody can show to fire is no rule."""
    shown = {code for file in FILES for code in tomllib.loads(file.read_text())["expected"]}
    shown |= set(SHOWN_ELSEWHERE)
    rules = {rule.code for kind in ProfileKind for rule in certificate_rules(kind)}
    rules |= {rule.code for rule in list_rules()}
    assert rules - shown == set()


SHOWN_ELSEWHERE = {
    "rfc5280.ca_constraints",
    "rfc5280.list_extensions",
    "rfc5280.list_issuer",
    "rfc5280.list_number",
    "terms.list_algorithm",
    "terms.list_lifetime",
}


def test_what_we_draft_has_no_finding() -> None:
    for content in (material.content(), material.sole_proprietor()):
        drafted = material.draft(particulars=material.particulars(content=content))
        assert (
            lint_certificate(
                certificate=drafted.certificate,
                profile=material.profile(),
                issuer=material.issuer(),
                examination_ended_at=material.EXAMINED,
            )
            == ()
        )
    assert (
        lint_certificate(
            certificate=material.issuer().certificate, profile=material.profile("ca"), issuer=None
        )
        == ()
    )
    for kind in ListKind:
        found = lint_list(
            draft=material.list_draft(kind=kind), profile=material.lists(), issuer=material.issuer()
        )
        assert found == ()


def test_a_subscriber_certificate_is_no_ca() -> None:
    found = lint_certificate(certificate=material.certificate(), profile=material.profile("ca"), issuer=None)
    assert {"rfc5280.ca_constraints", "rfc5280.extensions"} <= {finding.code for finding in found}


def test_five_years_are_counted_from_the_examination() -> None:
    """6.1: the certificate alone cannot tell."""
    found = lint_certificate(
        certificate=material.certificate(),
        profile=material.profile(),
        issuer=material.issuer(),
        examination_ended_at=material.EXAMINED.replace(year=2023),
    )
    assert [finding.code for finding in found] == ["terms.five_years"]


def excusing(code: str) -> Profile:
    reason = "shown to be harmless to every verifier in use"
    return load_profile(material.raw_profile("subscriber") | {"excused": {code: reason}}, b"")


def test_warnings_block_unless_the_profile_excuses_them() -> None:
    warning = Finding(code="x.warning", severity=Severity.WARNING, clause="x")
    error = Finding(code="x.error", severity=Severity.ERROR, clause="x")
    notice = Finding(code="x.notice", severity=Severity.NOTICE, clause="x")
    findings = (warning, error, notice)
    assert blocking(findings=findings, profile=material.profile()) == (warning, error)
    assert blocking(findings=findings, profile=excusing("x.warning")) == (error,)
    assert excusing("x.warning").excused[0] == Excuse(
        code="x.warning", reason="shown to be harmless to every verifier in use"
    )


def test_critical_policies_stop_until_they_are_excused() -> None:
    """A switch of the profile, and a warning: Java and NSS refuse what it makes."""
    raw = material.raw_profile("subscriber")
    raw["policy"]["critical"] = True
    reason = "all verifiers of this installation were tested with it"
    excused = raw | {"excused": {"interoperability.policies_critical": reason}}
    for table, stopping in ((raw, ["interoperability.policies_critical"]), (excused, [])):
        profile = load_profile(table, b"")
        drafted = material.draft(profile=profile)
        found = lint_certificate(certificate=drafted.certificate, profile=profile, issuer=material.issuer())
        assert [finding.code for finding in blocking(findings=found, profile=profile)] == stopping


class Signed:
    """Something signed on a day."""

    def __init__(self, day: date) -> None:
        self.signed_on = day


def test_a_rule_applies_from_its_date_on() -> None:
    register: Register[Signed] = Register("source")

    @register.rule("always", clause="1", effective=date(2026, 4, 1))
    def always(_: Signed) -> list[str]:
        return ["found"]

    assert run_rules(register.rules, Signed(date(2026, 3, 31))) == ()
    (finding,) = run_rules(register.rules, Signed(date(2026, 4, 1)))
    assert str(finding) == "error source.always (1): found"
