"""What a running installation needs: configuration, policy, tokens, database, directory, repository."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from inro.adapters.token_address import check_configuration, read_address
from inro.cli.finding import Finding, missing, well
from inro.cli.records import records_findings
from inro.cli.refusal import Words
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import load_installation
from inro.configuration.policy import load_policy
from inro.ports.errors import PortError

PATIENCE = 5.0
STANDARD_PORTS = {"ldap": 389, "ldaps": 636}
# What the ceremony leaves for the processes that check approvals and hand-overs.
TRUST = ("ca.der", "roster.json", "roster.sig", "roster-key.der", "station-key.der")


def installation_findings(home: Path, *, now: datetime) -> Iterator[Finding]:
    """Yield how the installation in `home` stands; a refused configuration ends the examination."""
    subject = Words("設定 inro.toml", "configuration inro.toml")
    try:
        installation = load_installation(home)
    except ConfigurationRefused as refused:
        yield _refused(subject, refused)
        return
    yield well(subject, Words(installation.name, installation.name))
    yield policy_finding(installation.policy)
    yield trust_finding(installation.trust)
    yield token_finding(Words("認証局の鍵トークン", "CA token"), installation.signer.token)
    yield token_finding(Words("発行卓の鍵トークン", "station token"), installation.station.token)
    yield from records_findings(installation, now=now)
    yield directory_finding(installation.repository.directory_url)
    yield web_finding(installation.repository.web_root)


def _refused(subject: Words, refused: ConfigurationRefused) -> Finding:
    where = f"{refused.file}: {refused.key}: {refused.problem}"
    return missing(subject, Words(where, where), refused.do)


def policy_finding(folder: Path) -> Finding:
    """Say whether the policy is valid: profiles, editions, calendar."""
    subject = Words("ポリシー", "policy")
    try:
        load_policy(folder)
    except ConfigurationRefused as refused:
        return _refused(subject, refused)
    return well(subject, Words(str(folder), str(folder)))


def trust_finding(folder: Path) -> Finding:
    """Say whether the files of the ceremony are there."""
    subject = Words("鍵生成式の成果物", "files of the ceremony")
    absent = [name for name in TRUST if not (folder / name).is_file()]
    if absent:
        listed = ", ".join(absent)
        detail = Words(f"{folder} に不足: {listed}", f"missing in {folder}: {listed}")
        return missing(subject, detail, "copy them from the ceremony's folder (inro ceremony)")
    return well(subject, Words(str(folder), str(folder)))


def token_finding(subject: Words, folder: Path) -> Finding:
    """Say whether a token's folder and module can serve; the token itself is not opened here."""
    try:
        address = read_address(folder)
        check_configuration(address)
    except PortError as error:
        said = f"{error.what}: {error.detail}"
        return missing(subject, Words(said, said), error.do)
    if address.soft and not any(address.objects.iterdir()):
        detail = Words(f"{address.objects} は空です", f"{address.objects} is empty")
        return missing(subject, detail, "restore the token folder, or hold a ceremony (inro ceremony)")
    return well(subject, Words(f"{address.label} ({address.serial})", f"{address.label} ({address.serial})"))


def directory_finding(url: str) -> Finding:
    """Say whether something listens at the directory's address."""
    subject = Words("ディレクトリ (LDAP)", "directory (LDAP)")
    parts = urlsplit(url)
    try:
        port = parts.port or STANDARD_PORTS[parts.scheme]
        socket.create_connection((parts.hostname or "localhost", port), timeout=PATIENCE).close()
    except (OSError, KeyError, ValueError) as error:
        detail = Words(f"{url} に接続できません: {error}", f"cannot connect to {url}: {error}")
        return missing(subject, detail, "start slapd, or correct the directory's address in inro.toml")
    return well(subject, Words(url, url))


def web_finding(root: Path) -> Finding:
    """Say whether lists can be written where they are served from."""
    subject = Words("リポジトリ (Web)", "repository (web)")
    if not root.is_dir() or not os.access(root, os.W_OK):
        detail = Words(f"{root} に書き込めません", f"cannot write to {root}")
        return missing(subject, detail, f"mkdir -p {root}  (owned by the process that publishes)")
    return well(subject, Words(str(root), str(root)))
