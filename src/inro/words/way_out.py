"""The one line a process ends with: what is wrong, in Japanese and English, and what to do about it."""

import errno

from inro.words.refusals import name_of, refusal_words

_AGAIN = "correct what it names, then start again"
_COMPARE = "do not go on: compare journal and database, see docs/operations"
_WAYS = {
    "ceremony.plan.PlanRefused": "correct that key of the ceremony's file",
    "ceremony.run.CeremonyRefused": "mend that and hold the ceremony again: nothing of it was kept",
    "demo.installation.OutsideCaValidity": "choose an earlier or later --date, such as 2026-12-01",
    "japanese.number_publication.RowRefused": "download the file anew and load that",
    "pki.approvers.ApprovalRefused": "let an officer of the roster decide anew",
    "pki.roster.RosterRefused": "name the folder of the newest ceremony as `trust` in inro.toml",
    "pki.section.ProfileRefused": "correct that key of the profile",
    "practice.grounds.UnknownGround": "choose a ground of Articles 12, 18, 21 or 22, such as 21.1(3)/lost",
    "practice.editions.NoEditionInForce": "put the edition in force on that day into policy/editions",
    "station.child_process.CardSpoiled": "destroy that card, mend what it names; the order waits for another",
    "station.child_process.PersonalisationFailed": "mend what it names; the order waits and is tried again",
    "usecases.roster.RosterNotReleased": "let an officer of the present roster sign for it in the office",
    "practice.transitions.ActNotAllowed": "see where it stands, and take the steps in their order",
    "signer.list_check.ListIncomplete": _COMPARE,
    "signer.lists.ClockBehind": "set the clock right; the published lists stay in force",
    "signer.reconciliation.RecordsDisagree": _COMPARE,
}
_FULL = ("ディスクに空きがありません", "the disk is full", "free some space, then start again")
_READ_ONLY = ("書き込めません", "it cannot be written", "make the place writable, then start again")
_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOENT: ("見つかりません", "it is not there", "name a place that exists"),
}


def refusal_line(program: str, refusal: BaseException) -> str:
    """Return the line in which `program` tells why it ends; it holds no line break.

    Refusals have words by their class, what the system refuses by its error number.
    """
    japanese, english, way = (
        _of_the_system(refusal) if isinstance(refusal, OSError) else _of_the_house(refusal)
    )
    said = f"{program}: {japanese} / {english}  対処 / what to do: {way}"
    return " ".join(said.split("\n"))


def _of_the_house(refusal: BaseException) -> tuple[str, str, str]:
    named = next((_WAYS[name_of(kind)] for kind in type(refusal).__mro__ if name_of(kind) in _WAYS), _AGAIN)
    way = getattr(refusal, "do", "") or named
    return refusal_words(refusal, "ja"), refusal_words(refusal, "en"), way


def _of_the_system(refusal: OSError) -> tuple[str, str, str]:
    detail = refusal.strerror or str(refusal) or type(refusal).__name__
    place = f": {refusal.filename}" if refusal.filename else ""
    japanese, english, way = _SYSTEM.get(
        refusal.errno or 0, ("処理できません", "the system refuses", "mend it, then start again")
    )
    return f"{japanese}{place}", f"{english}{place} ({detail})", way
