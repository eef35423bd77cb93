"""What a running installation needs: configuration, policy, tokens, database, directory, repository."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from inro.adapters.directory_access import directory_access
from inro.adapters.ldap_directory import LdapDirectory
from inro.adapters.token_address import check_configuration, read_address
from inro.cli.documents import document_findings
from inro.cli.finding import Finding, Verdict, doubtful, missing, well
from inro.cli.records import records_findings
from inro.cli.refusal import Words
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import StationPlaces, load_installation
from inro.configuration.key_file import read_key
from inro.configuration.policy import load_policy
from inro.configuration.repository_places import RepositoryPlaces
from inro.ports.errors import PortError

PATIENCE = 5.0
PCSC_SOCKET = Path("/run/pcscd/pcscd.comm")
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
    policy = policy_finding(installation.policy)
    yield policy
    yield trust_finding(installation.trust, answers=installation.ocsp is not None)
    yield key_finding(Words("業務画面の鍵", "office's key"), installation.office.key, key="office.key")
    yield key_finding(Words("公開画面の鍵", "public pages' key"), installation.public_key, key="public.key")
    yield token_finding(Words("認証局の鍵トークン", "CA token"), installation.signer.token)
    yield token_finding(Words("発行卓の鍵トークン", "station token"), installation.station.token)
    yield token_finding(Words("文書の鍵トークン", "documents' token"), installation.documents.token)
    if installation.ocsp is not None:
        yield token_finding(Words("OCSPの鍵トークン", "OCSP token"), installation.ocsp.token)
    yield from document_findings(installation.documents)
    # Nothing reads the records under a policy that is refused.
    if policy.verdict is not Verdict.MISSING:
        yield from records_findings(installation, now=now)
    yield reader_finding(installation.station)
    yield directory_finding(installation.repository)
    yield web_finding(installation.repository.web_root)


def _refused(subject: Words, refused: ConfigurationRefused) -> Finding:
    where = ": ".join(part for part in (str(refused.file), refused.key, refused.problem) if part)
    return missing(subject, Words(where, where), refused.do or f"correct {refused.file}")


def policy_finding(folder: Path) -> Finding:
    """Say whether the policy is valid: profiles, editions, calendar."""
    subject = Words("ポリシー", "policy")
    try:
        load_policy(folder)
    except ConfigurationRefused as refused:
        return _refused(subject, refused)
    return well(subject, Words(str(folder), str(folder)))


def trust_finding(folder: Path, *, answers: bool = False) -> Finding:
    """Say whether the files of the ceremony are there, the OCSP key among them in a house that answers."""
    subject = Words("鍵生成式の成果物", "files of the ceremony")
    wanted = (*TRUST, "ocsp-key.der") if answers else TRUST
    absent = [name for name in wanted if not (folder / name).is_file()]
    if absent:
        listed = ", ".join(absent)
        detail = Words(f"{folder} に不足: {listed}", f"missing in {folder}: {listed}")
        return missing(subject, detail, "copy them from the ceremony's folder (inro ceremony)")
    return well(subject, Words(str(folder), str(folder)))


def key_finding(subject: Words, file: Path, *, key: str) -> Finding:
    """Say whether the pages' key is there, long enough, and its owner's alone."""
    try:
        read_key(file, key=key)
    except ConfigurationRefused as refused:
        return _refused(subject, refused)
    return well(subject, Words(str(file), str(file)))


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


def directory_finding(places: RepositoryPlaces) -> Finding:
    """Say whether the directory answers, and whether it has the CA's certificate."""
    subject = Words("ディレクトリ (LDAP)", "directory (LDAP)")
    try:
        directory = LdapDirectory(replace(directory_access(places), timeout=PATIENCE))
        certificate = directory.read_back("cACertificate;binary")
    except PortError as error:
        return missing(subject, Words(error.detail, error.detail), error.do or "start slapd")
    if certificate is None:
        detail = Words("認証局証明書が未登録です", "the CA certificate is not published yet")
        return doubtful(subject, detail, "inro directory publish")
    return well(subject, Words(places.directory_url, places.directory_url))


def reader_finding(places: StationPlaces) -> Finding:
    """Say whether cards can be reached."""
    subject = Words("カードリーダー", "card reader")
    if places.reader is None:
        return well(subject, Words("仮想カード（実演）", "virtual cards (demonstration)"))
    if not PCSC_SOCKET.exists():
        detail = Words("pcscd が動いていません", "pcscd is not running")
        return missing(subject, detail, "systemctl start pcscd  (apt-get install -y pcscd)")
    return well(subject, Words(places.reader, places.reader))


def web_finding(root: Path) -> Finding:
    """Say whether lists can be written where they are served from."""
    subject = Words("リポジトリ (Web)", "repository (web)")
    if not root.is_dir() or not os.access(root, os.W_OK):
        detail = Words(f"{root} に書き込めません", f"cannot write to {root}")
        return missing(subject, detail, f"mkdir -p {root}  (owned by the process that publishes)")
    return well(subject, Words(str(root), str(root)))
