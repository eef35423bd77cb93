"""Bad input: one clear line in both languages, what to do, a status that is not 0, and nothing half done.

The command line is run as an operator runs it (2.1, 5.3, 17.3, 19.5, 21.1, 22.1, 39.4, Ordinance 6(17)).
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inro.configuration.policy import load_policy
from inro.demo.installation import make_installation
from inro.practice.grounds import UnknownGround
from inro.words.way_out import refusal_line
from tests.cli.command import INRO, inro, run
from tests.tools.tree import PROJECT

SMALL_DISK = Path(__file__).with_name("small_disk.sh")
NOW = datetime(2026, 12, 1, tzinfo=UTC)
TOLD = f'{{"now": "{NOW.isoformat()}", "lists": true}}\n'
OUTSIDE = "認証局証明書の有効期間"
# Not valid UTF-8, whatever stands before it.
BROKEN = b'\n# \xe3\x81"\xff\n'


@dataclass(frozen=True)
class Secured:
    """An installation after its ceremony, and the PINs that its custodians know together."""

    home: Path
    ca_pin: bytes
    station_pin: bytes


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Secured:
    """An installation with real tokens and empty records; a test puts back what it moves."""
    home = tmp_path_factory.mktemp("secured") / "home"
    made = make_installation(
        home=home,
        policy_folder=PROJECT / "policy",
        policy=load_policy(PROJECT / "policy"),
        now=NOW,
        web_url="http://127.0.0.1:1",
        directory_url="ldap://127.0.0.1:1",
        mail_port=1,
        show=lambda line: None,
    )
    migrated = inro("migrate", "--home", str(home), cwd=home)
    assert migrated.returncode == 0, migrated.stderr
    return Secured(
        home=home, ca_pin=bytes(made.shares.pin("ca")), station_pin=bytes(made.shares.pin("station"))
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a policy that a test may spoil."""
    shutil.copytree(PROJECT / "policy", tmp_path / "desk" / "policy")
    return tmp_path / "desk"


def check(outcome: "subprocess.CompletedProcess[str]", *parts: str, status: int | None = None) -> None:
    """It ended with a status that is not 0 and one plain line: Japanese, English, and what to do."""
    assert outcome.returncode != 0
    assert status in {None, outcome.returncode}
    assert "Traceback" not in outcome.stderr + outcome.stdout
    lines = [line for line in outcome.stderr.splitlines() if not line.startswith("{")]
    assert len(lines) == 1, outcome.stderr
    assert " / " in lines[0]
    assert any("ぁ" <= character <= "龠" for character in lines[0].split(" / ")[0])
    assert "対処 / what to do: " in lines[0]
    assert lines[0].partition("what to do: ")[2]
    for part in parts:
        assert part in lines[0]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def spoil(file: Path, old: bytes, new: bytes) -> None:
    """Replace the first `old` in a file by `new`; without `old`, add `new` at the end."""
    source = file.read_bytes()
    assert old in source
    file.write_bytes(source.replace(old, new, 1) if old else source + new)


SPOILT = [
    (
        "profiles/subscriber.toml",
        b"name =",
        b"colour = 1\nname =",
        ["unknown key", "colour", "subscriber.toml"],
    ),
    ("profiles/subscriber.toml", b"[policy]", b"[policy]\nhue = 1", ["unknown key", "policy.hue"]),
    ("profiles/ca.toml", b"name =", b"colour = 1\nname =", ["unknown key", "colour", "ca.toml"]),
    ("profiles/lists.toml", b"name =", b"colour = 1\nname =", ["unknown key", "colour", "lists.toml"]),
    ("profiles/subscriber.toml", b"[2048]", b"[1024]", ["key_bits"]),
    ("profiles/subscriber.toml", b"", BROKEN, ["subscriber.toml", "UTF-8"]),
    ("editions/2025-04-01.toml", b"", BROKEN, ["2025-04-01.toml", "UTF-8"]),
    ("calendar/japan.toml", b"", BROKEN, ["japan.toml", "UTF-8"]),
    ("ceremony/demo.toml", b"threshold = 3", b"threshold = 6", ["tokens.ca.threshold", "6 of 5"]),
    ("ceremony/demo.toml", b"threshold = 3", b"threshold = 1", ["tokens.ca.threshold", "1 of 5"]),
    ("ceremony/demo.toml", b"title =", b"titel =", ["title"]),
    ("ceremony/demo.toml", b"", BROKEN, ["utf-8"]),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), SPOILT)
def test_a_story_with_a_spoilt_policy_is_not_begun(
    desk: Path, file: str, old: bytes, new: bytes, said: list[str]
) -> None:
    spoil(desk / "policy" / file, old, new)
    before = contents(desk)
    check(inro("demo", cwd=desk), *said, status=2)
    assert contents(desk) == before
    assert [path.name for path in desk.iterdir()] == ["policy"]


@pytest.mark.parametrize("file", ["ceremony/demo.toml", "profiles/ca.toml", "editions"])
def test_a_policy_with_a_file_missing_is_refused(desk: Path, file: str) -> None:
    gone = desk / "policy" / file
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    check(inro("demo", cwd=desk), file)
    assert [path.name for path in desk.iterdir()] == ["policy"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-12-31", OUTSIDE),
        ("0001-01-01", OUTSIDE),
        ("2035-01-01", OUTSIDE),
        ("9999-12-31", OUTSIDE),
        ("2026-02-30", "日付として読めません"),
        ("１月", "日付として読めません"),
        ("", "日付として読めません"),
    ],
)
def test_a_day_on_which_no_story_begins_is_refused(desk: Path, day: str, said: str) -> None:
    """The story's years must lie within the CA certificate's validity."""
    check(inro("demo", "--date", day, cwd=desk), said, status=2)
    assert [path.name for path in desk.iterdir()] == ["policy"]


@pytest.mark.parametrize(
    ("file", "old", "new"), [one[:3] for one in SPOILT if one[0] == "ceremony/demo.toml"][:1]
)
def test_an_earlier_demonstration_survives_a_refusal(desk: Path, file: str, old: bytes, new: bytes) -> None:
    """Nothing half done: neither the new one nor the loss of the old."""
    earlier = desk / "var" / "demo"
    earlier.mkdir(parents=True)
    (earlier / ".demonstration").touch()
    (earlier / "summary.json").write_text("{}")
    spoil(desk / "policy" / file, old, new)
    before = contents(desk)
    check(inro("demo", cwd=desk), status=2)
    assert contents(desk) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("ceremony/demo.toml", b"threshold = 3", b"threshold = 6", "6 of 5"),
        ("ceremony/demo.toml", b"", BROKEN, "utf-8"),
        ("ceremony/demo.toml", b"[ca]", b"[ca]\ncolour = 1", "unknown key"),
        ("profiles/ca.toml", b"name =", b"colour = 1\nname =", "unknown key"),
        ("profiles/ca.toml", b"", BROKEN, "UTF-8"),
    ],
)
def test_a_ceremony_is_not_held_on_spoilt_papers(
    desk: Path, file: str, old: bytes, new: bytes, said: str
) -> None:
    """Ordinance 6(17)."""
    spoil(desk / "policy" / file, old, new)
    check(inro("ceremony", *ceremony(desk), cwd=desk), said, status=1)
    assert [path.name for path in desk.iterdir()] == ["policy"]


@pytest.mark.parametrize("gone", ["ceremony/demo.toml", "profiles/ca.toml"])
def test_a_ceremony_without_its_papers_is_not_held(desk: Path, gone: str) -> None:
    (desk / "policy" / gone).unlink()
    check(inro("ceremony", *ceremony(desk), cwd=desk), gone, status=1)
    assert [path.name for path in desk.iterdir()] == ["policy"]


def ceremony(desk: Path) -> list[str]:
    """The arguments of a ceremony by the desk's policy."""
    policy = desk / "policy"
    plan, profile = policy / "ceremony" / "demo.toml", policy / "profiles" / "ca.toml"
    return [str(plan), str(desk / "room"), "--profile", str(profile)]


@pytest.mark.parametrize(
    "content",
    [
        b"-----BEGIN CERTIFICATE-----\nMIIB\xff\xfe!!\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----\nMIIBAg==\n-----END CERTIFICATE-----\n",
        BROKEN,
        "証明書".encode("utf-16"),
    ],
)
def test_a_certificate_in_broken_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.cer").write_bytes(content)
    check(inro("certificate", "show", "odd.cer", cwd=tmp_path), "odd.cer", status=1)


def test_a_certificate_cut_short_is_refused(secured: Secured, tmp_path: Path) -> None:
    whole = (secured.home / "room" / "ca.der").read_bytes()
    assert inro("certificate", "show", str(secured.home / "room" / "ca.der"), cwd=tmp_path).returncode == 0
    for length in (1, len(whole) // 2, len(whole) - 1):
        (tmp_path / "short.cer").write_bytes(whole[:length])
        check(inro("certificate", "show", "short.cer", cwd=tmp_path), "short.cer", status=1)


def test_an_unknown_ground_is_told_with_the_way_out() -> None:
    """21.1, 22.1: that nothing happens is with the use case's own tests."""
    line = refusal_line("inro", UnknownGround(ground="気が変わった"))
    assert "気が変わった" in line
    assert "約款にありません" in line
    assert "The terms give no ground" in line
    assert "21.1(3)/lost" in line


@contextmanager
def pipe_with(secret: bytes) -> Iterator[int]:
    """A descriptor that gives a secret."""
    reading, writing = os.pipe()
    os.write(writing, secret)
    os.close(writing)
    try:
        yield reading
    finally:
        os.close(reading)


def start(edge: str, home: Path, pin: bytes, *before: str) -> "subprocess.CompletedProcess[str]":
    """Start `inro signer` or `inro station` with a PIN, told one instant; `before` goes in front of it."""
    with pipe_with(pin) as descriptor:
        command = [str(INRO), edge, "--home", str(home), "--stepped", "--pin-fd", str(descriptor)]
        return subprocess.run(
            [*before, *command],
            input=TOLD,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            pass_fds=(descriptor,),
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.mark.parametrize(
    ("edge", "pin"),
    [
        ("signer", b"0000000000"),
        ("station", b"0000000000"),
        ("signer", b""),
        ("signer", b"x" * 300),
        ("signer", "暗証番号".encode()),
    ],
)
def test_a_wrong_pin_opens_nothing(secured: Secured, edge: str, pin: bytes) -> None:
    """17.3: refused, and the PIN is told to nobody."""
    before = contents(secured.home)
    outcome = start(edge, secured.home, pin)
    check(outcome, "PIN", status=77)
    assert not pin or pin.decode() not in outcome.stdout + outcome.stderr
    # The token keeps count of wrong PINs; nothing else may have moved.
    assert beside_tokens(contents(secured.home)) == beside_tokens(before)


def beside_tokens(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that belong to no token."""
    return {name: content for name, content in files.items() if not name.startswith("room/tokens/")}


@pytest.mark.parametrize("lost", ["room/tokens/ca", "room/tokens/ca/address.json", "room/tokens/ca/tokens"])
def test_a_missing_token_is_named(secured: Secured, tmp_path: Path, lost: str) -> None:
    place = secured.home / lost
    place.rename(tmp_path / "aside")
    try:
        before = contents(secured.home)
        check(start("signer", secured.home, secured.ca_pin), "room/tokens/ca", status=1)
        assert contents(secured.home) == before
    finally:
        (tmp_path / "aside").rename(place)


def test_another_token_under_the_same_name_is_not_taken(secured: Secured, tmp_path: Path) -> None:
    """The CA's token folder holds no token, or the station's."""
    objects = secured.home / "room" / "tokens" / "ca" / "tokens"
    objects.rename(tmp_path / "aside")
    shutil.copytree(secured.home / "room" / "tokens" / "station" / "tokens", objects)
    try:
        check(start("signer", secured.home, secured.ca_pin), "トークンがありません", status=1)
    finally:
        shutil.rmtree(objects)
        (tmp_path / "aside").rename(objects)


def own_disk(folder: Path, *, size: str, mode: str) -> list[str]:
    """What to put before a command so that `folder` is on a disk of its own, copied there."""
    rights = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    return ["unshare", "-m", *rights, "--", "sh", str(SMALL_DISK), size, mode, str(folder)]


@pytest.mark.parametrize("edge", ["signer", "station"])
def test_read_only_records_stop_the_secure_room(secured: Secured, edge: str) -> None:
    """40(7): no act without its audit row."""
    pin = secured.ca_pin if edge == "signer" else secured.station_pin
    before = contents(secured.home)
    outcome = start(edge, secured.home, pin, *own_disk(secured.home, size="100m", mode="ro"))
    check(outcome, status=1)
    assert contents(secured.home) == before


def test_read_only_records_are_not_migrated(secured: Secured, tmp_path: Path) -> None:
    home = shutil.copytree(secured.home, tmp_path / "home", ignore=shutil.ignore_patterns("records.sqlite*"))
    command = [str(INRO), "migrate", "--home", str(home)]
    outcome = run([*own_disk(home, size="100m", mode="ro"), *command], cwd=tmp_path)
    check(outcome, status=1)
    assert "records.sqlite" not in outcome.stdout


def test_a_full_disk_stops_the_signer(secured: Secured) -> None:
    """39.4: no list is signed that cannot be recorded."""
    pages = sum(-(-len(content) // 4096) for content in contents(secured.home).values())
    disk = own_disk(secured.home, size=f"{4 * (pages + 12)}k", mode="rw")
    outcome = start("signer", secured.home, secured.ca_pin, *disk)
    check(outcome, status=1)
    assert '"lists": true' not in outcome.stdout


def test_a_full_disk_leaves_no_half_of_a_story(desk: Path) -> None:
    """Nor the loss of the demonstration that was there before."""
    place = desk / "place"
    (place / "demo").mkdir(parents=True)
    (place / "demo" / ".demonstration").touch()
    (place / "demo" / "summary.json").write_text("{}")
    command = [str(INRO), "demo", "--home", str(place / "demo")]
    shutil.move(desk / "policy", place / "policy")
    outcome = run([*own_disk(place, size="1500k", mode="rw"), *command], cwd=desk)
    check(outcome, status=1)
    assert outcome.stdout.splitlines()[-1].split() == ["left:", "demo", "policy"]


def test_a_place_that_cannot_be_written_is_refused(desk: Path) -> None:
    place = desk / "place"
    shutil.copytree(desk / "policy", place / "policy")
    command = [str(INRO), "demo", "--home", str(place / "demo")]
    outcome = run([*own_disk(place, size="10m", mode="ro"), *command], cwd=desk)
    check(outcome, "書き込めません", status=1)
    assert outcome.stdout.split() == ["left:", "policy"]


def test_an_installation_with_an_unknown_key_starts_no_process(secured: Secured, tmp_path: Path) -> None:
    file = secured.home / "inro.toml"
    kept = file.read_bytes()
    try:
        file.write_bytes(b"colour = 1\n" + kept)
        for edge in ("signer", "station", "worker", "responder", "serve"):
            pins = ["--pin-fd", "0"] if edge in {"signer", "station"} else []
            check(inro(edge, "--home", str(secured.home), *pins, cwd=tmp_path), "colour", "unknown key")
    finally:
        file.write_bytes(kept)
