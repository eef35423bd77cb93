"""The whole issuance pipeline against its own hardest parts, a bare signature, and another CA (9.1, 17.1)."""

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from django.db import connection
from pkilint import loader

from benchmarks.cost import Comparison, Contender, Cost, compare, cost_of
from benchmarks.orders import PERIOD, SIGNER, content_of, handed_over_order, open_room
from benchmarks.peer_places import DJANGO_CA_PROGRAM, DJANGO_CA_PYTHON
from benchmarks.rows import Row, row_of
from benchmarks.size import Size
from benchmarks.world import NOW, House, ca_token, make_house, make_key, public_key_info
from inro.adapters.pkcs11_core import only_key
from inro.adapters.token_address import CA_KEY
from inro.pki.draft import Particulars, draft_certificate, subscriber_extensions
from inro.pki.lint.peer import certificate_validators
from inro.pki.names import subject_name
from inro.pki.serial import new_serial
from inro.pki.signature import rsa_public_key, verify_signed
from inro.practice.validity import not_after
from inro.signer.issuance import issue_certificate
from inro.signer.room import Room
from inro.store.audit_verify import verify_chain
from inro.store.models import Certificate
from inro.usecases.issuance_certificate import claim_hand_over

BATCH = 10
ROUNDS = 25
LIMIT_BOUND = 2.0
DJANGO_CA_BOUND = 1.0
_NAMES = {
    "limit": ("pkilint, draft and signature alone", LIMIT_BOUND),
    "bare": ("cryptography: build and sign, nothing else", None),
    "django-ca": ("django-ca create_cert, in process", DJANGO_CA_BOUND),
}


@dataclass(slots=True)
class _Work:
    """What the contenders take their next piece of work from."""

    house: House
    room: Room
    station_key: rsa.RSAPrivateKey
    sign_alone: Callable[[bytes], bytes]
    batch: int
    made: int = 0
    validators: Any = field(default_factory=certificate_validators)
    keys: list[bytes] = field(default_factory=list)

    def prepare(self) -> None:
        """Carry a batch of orders, each with a key of its own, to the signer's door."""
        self.keys = []
        for _ in range(self.batch):
            self.made += 1
            key = make_key()
            self.keys.append(public_key_info(key))
            handed_over_order(number=self.made, house=self.house, station_key=self.station_key, key=key)


def measure(size: Size, *, with_django_ca: int) -> list[Row]:
    """Return one row against each peer and the limit."""
    with tempfile.TemporaryDirectory() as name, ca_token(Path(name) / "token") as (token, ca):
        folder = Path(name)
        house, station_key = make_house(ca), make_key()
        room = open_room(house=house, token=ca, station_key=station_key, folder=folder)
        with token.private_session() as session:
            private = only_key(session, CA_KEY, pkcs11.ObjectClass.PRIVATE_KEY)
            work = _Work(house, room, station_key, _signature_alone(private), size.of(BATCH))
            comparisons = _compare(work, size, folder, with_django_ca=bool(with_django_ca))
        checked = _check(work)
        room.journal.close()
    return [_row(name, comparison, checked) for name, comparison in comparisons.items()]


def _compare(work: _Work, size: Size, folder: Path, *, with_django_ca: bool) -> dict[str, Comparison]:
    others: dict[str, Contender] = {"limit": lambda: _limit(work), "bare": _bare(work)}
    for contender in (lambda: _pipeline(work), *others.values()):
        contender()  # Validators are built, statements prepared: once in the life of a process.
    rounds = size.rounds(ROUNDS)
    if not with_django_ca:
        return compare(ours=lambda: _pipeline(work), others=others, rounds=rounds)
    with _django_ca(folder, work.batch) as peer:
        peer()
        return compare(ours=lambda: _pipeline(work), others=others | {"django-ca": peer}, rounds=rounds)


def _pipeline(work: _Work) -> Cost:
    """Issue a batch as the signer's pass does; what happens before the signer's door is not counted."""
    work.prepare()

    def issue() -> None:
        while (order := claim_hand_over(signer=SIGNER, actor=work.room.actor, now=NOW)) is not None:
            issue_certificate(order=order, room=work.room, now=NOW, passed=lambda _: None)

    return cost_of(issue, count=work.batch)


def _limit(work: _Work) -> Cost:
    asked = _particulars(work)
    validators = work.validators

    def alone() -> None:
        for particulars in asked:
            draft = draft_certificate(
                particulars=particulars,
                examination_ended_at=NOW,
                profile=work.house.profile,
                issuer=work.house.issuer,
            )
            document = loader.load_der_certificate(draft.certificate, "certificate")
            validators.validate(document.root)
            work.sign_alone(draft.tbs)

    return cost_of(alone, count=work.batch)


def _bare(work: _Work) -> Contender:
    ca_key, issuer, profile = make_key(), work.house.issuer, work.house.profile

    def build_and_sign() -> Cost:
        asked = _particulars(work)
        keys = [rsa_public_key(particulars.public_key_info) for particulars in asked]
        extensions = subscriber_extensions(asked[0], profile=profile, issuer=issuer)

        def build() -> None:
            for particulars, key in zip(asked, keys, strict=True):
                builder = x509.CertificateBuilder(
                    issuer_name=issuer.x509_name,
                    subject_name=subject_name(particulars.content),
                    public_key=key,
                    serial_number=particulars.serial,
                    not_valid_before=particulars.issued_at,
                    not_valid_after=particulars.not_after,
                )
                for extension, critical in extensions:
                    builder = builder.add_extension(extension, critical=critical)
                builder.sign(ca_key, SHA256())

        return cost_of(build, count=work.batch)

    return build_and_sign


@contextmanager
def _django_ca(folder: Path, batch: int) -> Iterator[Contender]:
    place = folder / "django-ca"
    place.mkdir()
    command = [str(DJANGO_CA_PYTHON), str(DJANGO_CA_PROGRAM), str(place)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        asking, answers = peer.stdin, peer.stdout

        def issue() -> Cost:
            print(batch, file=asking, flush=True)
            answer = json.loads(answers.readline())
            return Cost(cpu=answer["cpu"], wall=answer["wall"], count=batch)

        yield issue
        asking.close()


def _particulars(work: _Work) -> list[Particulars]:
    """Return what the last batch's certificates say, under other serials."""
    return [
        Particulars(
            content=content_of(number),
            public_key_info=key,
            serial=new_serial(work.house.chance.randbytes),
            issued_at=NOW,
            not_after=not_after(issued_at=NOW, period=PERIOD),
        )
        for number, key in enumerate(work.keys)
    ]


def _signature_alone(private: Any) -> Callable[[bytes], bytes]:
    return lambda data: bytes(private.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))


def _check(work: _Work) -> dict[str, Any]:
    """Look at every result: each order has its certificate, each verifies, and the audit chain is whole."""
    issued = [bytes(der or b"") for der in Certificate.objects.values_list("der", flat=True)]
    key = work.house.issuer.public_key_info
    connection.ensure_connection()
    return {
        "orders": work.made,
        "certificates": len(issued),
        "verified": sum(verify_signed(signed=der, public_key_info=key) for der in issued),
        "audit_sound": verify_chain(connection.connection).sound,
    }


def _row(name: str, comparison: Comparison, checked: dict[str, Any]) -> Row:
    against, bound = _NAMES[name]
    return row_of(
        comparison,
        figure="certificates",
        subject="certificate: draft, lint, record, sign, assemble, audit",
        against=against,
        per="certificate",
        bound=bound,
        checked=checked,
    )
