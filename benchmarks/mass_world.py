"""A record of many certificates in force, each a real one by its bytes, known to the signer's journal."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import batched

from django.db import transaction

from benchmarks.orders import PERIOD, content_of
from benchmarks.queue_world import make_cases
from benchmarks.world import NOW, House, make_key, public_key_info
from inro.pki.der import split_signed
from inro.pki.draft import Particulars, draft_certificate
from inro.practice.deadlines import expiry_deadline, expiry_notice_deadlines
from inro.practice.ledger import says
from inro.practice.obligations import Obligation
from inro.practice.validity import not_after
from inro.signer.journal import Journal, Kind
from inro.store.models import Certificate, ObligationRow
from inro.store.plain_sql import run, run_for_each, stored
from inro.usecases.followed import policy_of_process

# Of a hundred cases so many have a certificate in force.
IN_FORCE_OF_A_HUNDRED = 55
_AT_ONCE = 5_000
_TIME = "%y%m%d%H%M%SZ"
_SERIAL = (0x77 << 152) | 1


def make_certificates(
    cases: int, *, house: House, journal: Journal, sign: Callable[[bytes], bytes] | None = None
) -> int:
    """Put so many cases on record with what they owe; return how many certificates are in force.

    `sign` signs each certificate for who verifies them; without it the signature is nobody's.
    """
    make_cases(range(1, cases + 1))
    # The revoked of that record stand on no list; here they are none.
    run(
        "UPDATE store_certificate SET state = CASE WHEN not_after < %s THEN 'expired' ELSE 'valid' END",
        [stored(NOW)],
    )
    template = _template(house)
    rows = Certificate.objects.order_by("pk").values_list(
        "pk", "serial__serial", "issued_at", "not_after", "sha256"
    )
    for some in batched(rows.iterator(_AT_ONCE), _AT_ONCE):
        with transaction.atomic():
            run_for_each(
                "UPDATE store_certificate SET der = %s WHERE id = %s",
                [
                    (_signed(_certificate(template, bytes(serial), *days), sign), row)
                    for row, serial, *days, _ in some
                ],
            )
        with journal.together():
            for _, serial, _, end, sha256 in some:
                journal.remember(
                    Kind.CERTIFICATE, bytes(serial).hex(), sha256=sha256, not_after=end.isoformat()
                )
    in_force = Certificate.objects.filter(state="valid")
    cases_in_force = in_force.values_list("application_id", "application__number")
    for cases_of in batched(cases_in_force.iterator(), _AT_ONCE):
        ObligationRow.objects.bulk_create([one for case, number in cases_of for one in _owed(case, number)])
    return in_force.count()


def _template(house: House) -> bytes:
    particulars = Particulars(
        content=content_of(1),
        public_key_info=public_key_info(make_key()),
        serial=_SERIAL,
        issued_at=NOW,
        not_after=not_after(issued_at=NOW, period=PERIOD),
    )
    draft = draft_certificate(
        particulars=particulars, examination_ended_at=NOW, profile=house.profile, issuer=house.issuer
    )
    return draft.certificate


def _signed(certificate: bytes, sign: Callable[[bytes], bytes] | None) -> bytes:
    if sign is None:
        return certificate
    parts = split_signed(certificate)
    return certificate[: -len(parts.signature)] + sign(bytes(parts.tbs))


def _certificate(template: bytes, serial: bytes, issued_at: datetime, end: datetime) -> bytes:
    """Return the template with another serial and validity; its signature is nobody's."""
    first = template.index(_SERIAL.to_bytes(20))
    made = template[:first] + serial + template[first + 20 :]
    begin = NOW.strftime(_TIME).encode()
    last = not_after(issued_at=NOW, period=PERIOD).strftime(_TIME).encode()
    return made.replace(begin, issued_at.strftime(_TIME).encode(), 1).replace(
        last, end.strftime(_TIME).encode(), 1
    )


def _owed(case: int | None, number: str | None) -> Iterator[ObligationRow]:
    terms = policy_of_process().editions["2025-04-01"].terms
    end = not_after(issued_at=NOW, period=PERIOD)
    notices = expiry_notice_deadlines(not_after=end, terms=terms)
    for turn, deadline in ((1, notices[0]), (2, notices[1]), (1, expiry_deadline(not_after=end))):
        yield ObligationRow(
            subject=f"application/{number}",
            application_id=case,
            kind=deadline.kind,
            turn=turn,
            state="open",
            opened_by="issuance.card_finished",
            opened_subject=f"application/{number}",
            opened_at=NOW,
            **says(Obligation(deadline=deadline, turn=turn)),
        )
