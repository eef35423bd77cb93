"""`python -m inro.ceremony`: a real terminal's errors, with a status and nothing left (Ordinance 6(17))."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inro.adapters.custodian_shares import recover_secret
from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.assertion import encode_octets

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "policy/ceremony/demo.toml").read_text("utf-8").replace("key_bits = 3072", "key_bits = 2048")
# The program reads the clock, so the plan's years are put around today's.
YEAR = datetime.now(UTC).year
TEXT = TEXT.replace("2026-01-01", f"{YEAR - 1}-01-01").replace("2045-12-31", f"{YEAR + 18}-12-31")


def hold(
    folder: Path, text: str, *arguments: str, largest_file: int | None = None
) -> subprocess.CompletedProcess[str]:
    plan = folder / "plan.toml"
    plan.write_text(text, "utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "inro.ceremony", str(plan), str(folder / "made")]
    command += ["--profile", "policy/profiles/ca.toml", *arguments]
    if largest_file is not None:
        command = ["prlimit", f"--fsize={largest_file}", *command]
    return subprocess.run(
        command, cwd=ROOT, input="\n" * 100, capture_output=True, text=True, timeout=300, check=False
    )


def with_keys(text: str) -> str:
    """Give every officer a credential, as a production plan does, and a CA certificate valid now."""
    authenticator = SoftwareAuthenticator(rp_id="office.inro.example", origin="https://office.inro.example")

    def key(match: re.Match[str]) -> str:
        credential = authenticator.make_credential(match[1])
        parts = f'id = "{encode_octets(credential.credential_id)}", '
        parts += f'public_key = "{encode_octets(credential.public_key)}", medium = "virtual"'
        return f"{match[0]}\ncredentials = [{{ {parts} }}]"

    custodians, officers = text.split("[[officers]]", 1)
    return custodians + "[[officers]]" + re.sub(r'person = "(\w+)"', key, officers)


def test_a_ceremony_at_the_terminal_hands_each_share_out(tmp_path):
    held = hold(tmp_path, with_keys(TEXT))
    assert held.returncode == 0, held.stderr
    shares = re.findall(r"^.*?((?:[a-z]+ ){19}[a-z]+)$", held.stdout, re.MULTILINE)
    assert len(shares) == 5 + 3 + 3 + 3 + 3
    assert len(recover_secret(shares[:3])) == 16
    assert (tmp_path / "made" / "transcript.sig").stat().st_size == 384


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("threshold = 3", "threshold = 6", "tokens.ca.threshold: 6 of 5"),
        ("title =", "titel =", "title: missing"),
        (f"valid_from = {YEAR - 1}-01-01 #", "valid_from = 1999-01-01 #", "roster.valid_until"),
        ("years = 20", "years = 21", "20 years"),
        ("", "", "no security key ishikawa"),
    ],
)
def test_a_ceremony_that_cannot_be_held_says_why_and_leaves_nothing(tmp_path, old, new, said):
    held = hold(tmp_path, TEXT.replace(old, new, 1))
    assert held.returncode == 1
    assert said in held.stderr
    assert "Traceback" not in held.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


def test_a_missing_module_is_said_so(tmp_path):
    held = hold(tmp_path, with_keys(TEXT), "--module", "/none/softhsm.so")
    assert held.returncode == 1
    assert "/none/softhsm.so" in held.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


@pytest.mark.parametrize("largest_file", [0, 400, 1000])
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path, largest_file):
    held = hold(tmp_path, with_keys(TEXT), largest_file=largest_file)
    assert held.returncode == 1
    assert held.stderr
    assert "Traceback" not in held.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]
