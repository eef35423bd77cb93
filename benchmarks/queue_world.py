"""A record of many cases in every state, made set by set: for lists and searches over all of them."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched

from django.db import connection, transaction

from benchmarks.world import EDITION, NOW
from inro.japanese.numbers import corporate_number_of
from inro.practice.calendar import jst_date
from inro.store.models import Application, Invoice, Notice
from inro.store.numbers import check_character
from inro.store.plain_sql import run

_BATCH = 2_000
_FAMILY = (
    *("高橋", "髙橋", "佐藤", "鈴木", "田中", "渡辺", "渡邉", "渡邊", "伊藤", "山本", "中村", "小林"),
    *("加藤", "吉田", "斎藤", "齋藤", "齊藤", "山﨑", "濱田", "桧山", "林", "森", "一之瀬", "勅使河原"),
)
_GIVEN = (
    *("太郎", "花子", "一郎", "美咲", "健", "さくら", "徹", "由紀", "実", "恵", "直樹", "彩", "進"),
    *("学", "咲子", "誠", "清", "薫", "翔", "愛"),
)
_READINGS = ("タカハシ", "サトウ", "スズキ", "タナカ", "ワタナベ", "イトウ", "ヤマモト", "ナカムラ")
_WORDS = (
    *("東", "西", "南", "北", "山川", "田中", "木村", "高砂", "見本", "架空", "みほん", "アース"),
    *("大和", "中央", "第一", "協和", "日光", "双葉", "若葉", "青空"),
)
_TRADES = ("建設", "工業", "商事", "電機", "製作所", "測量", "設計", "運輸", "物産", "塗装")
_FORMS = ("株式会社{}", "{}株式会社", "有限会社{}", "合同会社{}")

# In a hundred cases, as a service in its sixth year has them.
_SHARES = (
    ("drafted", 2),
    ("received", 2),
    ("examining", 1),
    ("deficient", 1),
    ("examined", 1),
    ("accepted", 1),
    ("to_post", 1),
    ("posted", 2),
    ("valid", 50),
    ("expired", 25),
    ("revoked", 8),
    ("rejected", 4),
    ("withdrawn", 2),
)
_LOTS = [name for name, share in _SHARES for _ in range(share)]
_ISSUED = {"to_post", "posted", "valid", "expired", "revoked"}
_ACCEPTED = _ISSUED | {"accepted"}


def make_cases(cases: range) -> None:
    """Put cases on record by their places, with certificates, cards, parcels, slips, notices and invoices."""
    chance = random.Random("queue")
    for places in batched(cases, _BATCH):
        with transaction.atomic():
            Application.objects.bulk_create([_application(place, chance) for place in places])
    with transaction.atomic():
        for statement in _issued():
            run(statement, [cases.start])
        _around(cases)


def multiply_cases(made: int, *, upto: int) -> None:
    """Copy cases 1 to `made` until there are `upto`, with their certificates and cards."""
    columns = [
        field.column for field in Application._meta.concrete_fields if field.column not in {"id", "number"}
    ]
    every = ", ".join(columns)
    copies = range(1, -(-upto // made))
    with transaction.atomic():
        for copy in copies:
            run(
                f"INSERT INTO store_application (id, number, {every}) SELECT id + %s, "  # nosec B608
                f"'B' || CAST(id + %s AS varchar(12)), {every} FROM store_application "
                "WHERE id <= %s AND id + %s <= %s",
                [copy * made, copy * made, made, copy * made, upto],
            )
        for statement in _issued():
            run(statement, [made + 1])
        run(
            "UPDATE store_certificate SET state = (SELECT first.state FROM store_certificate first "
            "WHERE first.id = (store_certificate.id - 1) %% %s + 1) WHERE id > %s",
            [made, made],
        )


def lot(place: int) -> str:
    """Return what became of a case by its place."""
    return _LOTS[place * 37 % 100]


def number_of(place: int) -> str:
    """Return the number of a case by its place."""
    body = f"A{20 + place // 900_000:02d}-{place % 900_000:06d}"
    return f"{body}-{check_character(body.replace('-', ''))}"


def company_number(place: int) -> str:
    """Return the Corporate Number of a case's company; a company has some ten cases."""
    return corporate_number_of(f"{place // 10 + 10_000_000_000:012d}")


def _came(place: int) -> datetime:
    chosen = lot(place)
    days = {"valid": 40 + place % 300, "expired": 400 + place % 900, "revoked": 40 + place % 800}
    return NOW - timedelta(days=days.get(chosen, place % 19 + 2), minutes=place % 480)


def _application(place: int, chance: random.Random) -> Application:
    chosen, came = lot(place), _came(place)
    accepted = came + timedelta(days=1) if chosen in _ACCEPTED else None
    stated = _stated(place, chance)
    state = "issued" if chosen in _ISSUED else chosen
    return Application(
        pk=place,
        number=number_of(place),
        kind="company_employee",
        state=state,
        edition=EDITION,
        edition_sha256="cd" * 32,
        period="1y",
        stated=stated,
        content=_content(stated) if accepted else None,
        content_sha256="ab" * 32,
        findings={},
        findings_sha256="ab" * 32,
        drafted_at=came,
        received_at=None if chosen == "drafted" else came,
        deficient_at=came if chosen == "deficient" else None,
        examination_ended_at=accepted,
        accepted_at=accepted,
        closed_at=came if chosen in {"rejected", "withdrawn"} else None,
        examiner="p-exam",
        decider="p-accept",
    )


def _stated(place: int, chance: random.Random) -> dict[str, object]:
    family, given = chance.choice(_FAMILY), chance.choice(_GIVEN)
    company = chance.choice(_FORMS).format(chance.choice(_WORDS) + chance.choice(_TRADES))
    return {
        "kind": "company_employee",
        "legal_name": f"{family}　{given}",
        "certificate_name": f"{family}　{given}",
        "kana": f"{chance.choice(_READINGS)}　{'ハナコ' if place % 2 else 'タロウ'}",
        "romaji": f"PERSON {place:06d}",
        "home": {"postal_code": "100-0099", "prefecture": "東京都", "city": "架空区", "street": "見本町１番"},
        "organization": {"name": company, "corporate_number": company_number(place)},
    }


def _content(stated: dict[str, object]) -> dict[str, object]:
    return {
        "name": stated["certificate_name"],
        "name_romaji": stated["romaji"],
        "organization": stated["organization"],
    }


def _issued() -> Iterator[str]:
    """Yield the statements that give every issued application its card, key, serial and certificate."""
    on_sqlite = connection.vendor == "sqlite"
    digits = "printf('%020d', id)" if on_sqlite else "lpad(id::text, 20, '0')"
    octets = f"CAST({digits} AS BLOB)" if on_sqlite else f"convert_to({digits}, 'UTF8')"
    digits = digits.replace("%", "%%")
    octets = octets.replace("%", "%%")
    hashed = f"{digits} || {digits} || {digits} || substr({digits}, 1, 4)"
    year = "datetime(accepted_at, '+365 days')" if on_sqlite else "accepted_at + interval '365 days'"
    source = "FROM store_application WHERE state = 'issued' AND id >= %s"
    yield (
        "INSERT INTO store_card (id, serial, medium, model, state, application_id, registered_at) "  # nosec B608
        f"SELECT id, substr({digits}, 5), 'virtual', 'v', 'received', id, drafted_at {source}"
    )
    yield (
        "INSERT INTO store_subscriberkey (id, spki_sha256, card_id, origin, made_at) "  # nosec B608
        f"SELECT id, {hashed}, id, 'hsm', drafted_at {source}"
    )
    yield (
        "INSERT INTO store_serialnumber (id, serial, reserved_at) "  # nosec B608
        f"SELECT id, {octets}, drafted_at {source}"
    )
    yield (
        "INSERT INTO store_certificate (id, serial_id, application_id, key_id, role, der, sha256, "  # nosec B608
        "issued_at, not_after, state, profile_sha256, generation) SELECT id, id, id, id, 'subscriber', "
        f"{octets}, {hashed}, accepted_at, {year}, 'valid', {hashed}, 1 {source}"
    )


def _around(cases: range) -> None:
    lots: dict[str, list[int]] = {name: [] for name, _ in _SHARES}
    for place in cases:
        lots[lot(place)].append(place)
    for table, state, places in (
        ("store_certificate", "expired", lots["expired"]),
        ("store_certificate", "revoked", lots["revoked"]),
        ("store_card", "personalised", lots["to_post"]),
        ("store_card", "sent", lots["posted"]),
    ):
        for some in batched(places, 500):
            marks = ", ".join(["%s"] * len(some))
            run(f"UPDATE {table} SET state = %s WHERE id IN ({marks})", [state, *some])  # nosec B608
    day = jst_date(NOW)
    run(
        "INSERT INTO store_parcel (application_id, card_id, mail, address, tracking_number, posted_on, "
        "posted_by) SELECT application_id, id, 'restricted_delivery', 'subscriber_resident_record', "
        "CAST(17000000000 + id AS varchar(20)), %s, 'p-desk' FROM store_card "
        "WHERE state IN ('sent', 'received') AND id >= %s",
        [day - timedelta(days=12), cases.start],
    )
    run(
        "INSERT INTO store_receiptslip (application_id, arrived_on, name_agrees, seal_matches, checked_by) "
        "SELECT application_id, %s, %s, %s, 'p-desk' FROM store_card WHERE state = 'received' AND id >= %s",
        [day, True, True, cases.start],
    )
    Notice.objects.bulk_create([_notice(place) for place in lots["deficient"]], batch_size=_BATCH)
    unpaid = (*lots["to_post"], *lots["posted"])
    Invoice.objects.bulk_create([_invoice(place) for place in unpaid], batch_size=_BATCH)


def _notice(place: int) -> Notice:
    day = jst_date(_came(place))
    return Notice(
        application_id=place,
        kind="deficiency",
        clause="9.2",
        channel="post",
        template="deficiency",
        content_sha256="ef" * 32,
        sent_on=day,
        arrived_on=day,
        released_by="p-desk",
    )


def _invoice(place: int) -> Invoice:
    day = jst_date(NOW)
    return Invoice(
        number=f"I26-{place:07d}",
        application_id=place,
        lines=[],
        amount=11_000,
        tax=1_100,
        total=12_100,
        registration_number="T1234567890123",
        issued_on=day,
        due_on=day + timedelta(days=30),
    )
