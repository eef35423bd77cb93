"""The policy folder: profiles, editions, calendar, checklist, post: values or nothing (2.1, 5.3, 9.1, 33)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from inro.configuration.calendars import load_calendar
from inro.configuration.checklists import load_checklist
from inro.configuration.deficiencies import DeficiencyTemplate, load_deficiencies
from inro.configuration.editions import Edition, load_editions
from inro.configuration.notice_words import load_notice_words
from inro.configuration.postage import load_post_rules
from inro.configuration.reading import read_toml, reading
from inro.configuration.revocation_checklists import load_revocation_checklist
from inro.pki.canonical import canonical_sha256
from inro.pki.ocsp_profile import OcspProfile, load_ocsp_profile
from inro.pki.profile import (
    ListProfile,
    Profile,
    ProfileRefused,
    check_agreement,
    load_list_profile,
    load_profile,
)
from inro.practice.calendar import Calendar
from inro.practice.checklist import Checklist
from inro.practice.editions import edition_in_force
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import NoticeKind
from inro.practice.postage import PostRules
from inro.practice.revocation_checklist import RevocationChecklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the operator has set; made by `load_policy` only; `files` holds each file's hash by its name."""

    profile: Profile
    ca_profile: Profile
    list_profile: ListProfile
    ocsp_profile: OcspProfile
    editions: Mapping[str, Edition]
    calendar: Calendar
    checklist: Checklist
    revocation_checklist: RevocationChecklist
    deficiencies: tuple[DeficiencyTemplate, ...]
    notice_words: Mapping[NoticeKind, NoticeWords]
    post: PostRules
    files: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """The hash of the whole: of the name and hash of each of its files (RFC 8785)."""
        return canonical_sha256(dict(self.files))

    @property
    def edition_hashes(self) -> Mapping[str, str]:
        """The hash of each edition's bundle by the edition's name."""
        return {name: edition.sha256 for name, edition in self.editions.items()}

    def edition_on(self, day: date) -> Edition:
        """Return the edition in force on a day (2.1).

        Raises: NoEditionInForce.
        """
        terms = edition_in_force([edition.terms for edition in self.editions.values()], on=day)
        return self.editions[terms.edition]


def load_policy(folder: Path) -> Policy:
    """Return the policy in a folder, or refuse it before any process starts with it.

    Raises: ConfigurationRefused naming file and key.
    """
    profiles = folder / "profiles"
    subscriber = load_profile_file(profiles / "subscriber.toml")
    ca = load_profile_file(profiles / "ca.toml")
    lists = _list_profile(profiles / "lists.toml")
    ocsp = _ocsp_profile(profiles / "ocsp.toml")
    with reading(profiles):
        check_agreement(subscriber=subscriber, ca=ca, lists=lists)
        if ocsp.repository != lists.repository:
            raise ProfileRefused(path="repository", problem="differs between the profiles", clause="4(6)")
    return Policy(
        profile=subscriber,
        ca_profile=ca,
        list_profile=lists,
        ocsp_profile=ocsp,
        editions=MappingProxyType(load_editions(folder / "editions")),
        calendar=load_calendar(folder / "calendar" / "japan.toml"),
        checklist=load_checklist(folder / "checklists" / "application.toml"),
        revocation_checklist=load_revocation_checklist(folder / "checklists" / "revocation.toml"),
        deficiencies=load_deficiencies(folder / "deficiencies.toml"),
        notice_words=load_notice_words(folder / "notices"),
        post=load_post_rules(folder / "postage.toml"),
        files=MappingProxyType(_hashes(folder)),
    )


def _hashes(folder: Path) -> dict[str, str]:
    # A ceremony's plan is signed at the ceremony.
    files = (file for file in folder.rglob("*") if file.is_file() and file.parent.name != "ceremony")
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(files)
        if not file.name.startswith(".")
    }


def load_profile_file(file: Path) -> Profile:
    """Return the certificate profile in a file (5.3).

    Raises: ConfigurationRefused.
    """
    raw, source = read_toml(file)
    with reading(file):
        return load_profile(raw, source)


def _list_profile(file: Path) -> ListProfile:
    raw, source = read_toml(file)
    with reading(file):
        return load_list_profile(raw, source)


def _ocsp_profile(file: Path) -> OcspProfile:
    raw, source = read_toml(file)
    with reading(file):
        return load_ocsp_profile(raw, source)
