"""`python -m inro.signer.ocsp`: signs all answers beforehand with the responder's key."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

import structlog

from inro.adapters.instants import answer, moments
from inro.adapters.locked_memory import forbid_dumps, wipe
from inro.adapters.ocsp_token import OcspToken
from inro.adapters.ocsp_tree import FOLDER, OcspTree
from inro.adapters.pin_handover import read_pin
from inro.adapters.stopping import told_why
from inro.adapters.token_address import read_address
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import FILE, Installation, OcspPlaces, installation_from_environment
from inro.configuration.policy import load_policy
from inro.configuration.process import prepare_process
from inro.configuration.trust import read_trust
from inro.pki.assemble import AssemblyRefused
from inro.pki.draft import DraftRefused
from inro.pki.issuer import issuer_of
from inro.ports.errors import PortError
from inro.practice.errors import Refused
from inro.words.way_out import refusal_line

if TYPE_CHECKING:
    from inro.signer.answers import AnswerSigner

# A revocation must be answered within a second of its record.
PAUSE_S = 0.25
_ALL = 1 << 40
_log = structlog.get_logger("ocsp")


def main(arguments: Sequence[str] | None = None) -> int:
    """Work until told to stop and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m inro.signer.ocsp")
    parser.add_argument(
        "--pin-fd", type=int, required=True, help="descriptor that gives the OCSP token's PIN"
    )
    parser.add_argument("--stepped", action="store_true", help="work at instants told on standard input")
    given = parser.parse_args(arguments)
    forbid_dumps()
    try:
        prepare_process("inro.settings.ocsp")
    except ConfigurationRefused as refused:
        print(refusal_line("inro ocsp", refused), file=sys.stderr)
        return 1
    # Models can be imported only once the process is prepared.
    from inro.store.availability import records_needed
    from inro.store.errors import StoreError

    try:
        with records_needed():
            return _run(pin_descriptor=given.pin_fd, stepped=given.stepped)
    except (
        Refused,
        PortError,
        StoreError,
        ConfigurationRefused,
        DraftRefused,
        AssemblyRefused,
        OSError,
    ) as error:
        return told_why(error, process="ocsp", stepped=given.stepped)


def _run(*, pin_descriptor: int, stepped: bool) -> int:
    from inro.signer.answers import AT_ONCE, AnswerSigner

    installation = installation_from_environment()
    places = _places(installation)
    pin = read_pin(pin_descriptor)
    when = moments(
        stepped=stepped,
        allowed=installation.demonstration,
        clock=lambda: datetime.now(UTC),
        pause=PAUSE_S,
    )
    first = next(when, None)
    if first is None:
        return 0
    try:
        token = OcspToken.open(read_address(places.token), pin)
    finally:
        wipe(pin)
    with token, OcspTree.open(installation.repository.web_root / FOLDER) as tree:
        desk = AnswerSigner(
            token=token,
            issuer=issuer_of(read_trust(installation.trust / "ca.der")),
            profile=load_policy(installation.policy).ocsp_profile,
            tree=tree,
            archive=installation.signer.archive,
        )
        told = ""
        for moment in chain((first,), when):
            done = _pass(desk, moment.now, most=_ALL if stepped else AT_ONCE)
            trouble = str(done.get("waiting") or done.get("strangers") or "")
            if trouble and trouble != told:
                _log.error("trouble", detail=trouble)
            told = trouble
            if done["signed"]:
                _log.info("answered", signed=done["signed"], revoked=done["revoked"])
            if stepped:
                answer(done)
    return 0


def _pass(desk: "AnswerSigner", now: datetime, *, most: int) -> dict[str, Any]:
    """Let the desk work; without a responder's certificate it waits: the signer may be about to make it."""
    from inro.signer.answers import NoResponder

    try:
        return asdict(desk.work(now=now, most=most))
    except NoResponder as missing:
        # What is in the tree stays good for as long as it says.
        return {"signed": 0, "revoked": 0, "waiting": str(missing)}


def _places(installation: Installation) -> OcspPlaces:
    if installation.ocsp is None:
        raise ConfigurationRefused(
            file=installation.home / FILE,
            problem="has no [ocsp]",
            do="name the folder of the OCSP token there",
        )
    return installation.ocsp


if __name__ == "__main__":
    sys.exit(main())
