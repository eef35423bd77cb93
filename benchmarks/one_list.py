"""The signer makes its lists in a process of its own and says how much memory that took.

Run as `python -m benchmarks.one_list FOLDER`, with the database open to nobody else.
"""

import hashlib
import json
import sys
from pathlib import Path

import django

from benchmarks.world import NOW, make_house, make_key, reopened_ca_token


def _peak_kib() -> int:
    # Not the process's usage by getrusage, which begins with the memory of whoever started it.
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])


def main() -> None:
    """Sign every list from database and journal in the folder, as on any day."""
    django.setup()
    # Models can't be imported before.
    from benchmarks.orders import open_room
    from inro.pki.crl import ListKind
    from inro.pki.crl_entries import check_entries
    from inro.pki.signature import verify_signed
    from inro.signer.lists import sign_lists
    from inro.store.reads.revocation import list_in_force

    folder = Path(sys.argv[1])
    with reopened_ca_token(folder / "token") as token:
        house = make_house(token)
        room = open_room(house=house, token=token, station_key=make_key(), folder=folder)
        sign_lists(room=room, now=NOW, passed=lambda _: None)
        peak = _peak_kib()
        record = list_in_force(ListKind.CRL)
        assert record is not None
        signed = (room.archive / f"{record.sha256}.crl").read_bytes()
        assert hashlib.sha256(signed).hexdigest() == record.sha256
        answer = {
            "peak_kib": peak,
            "entries": check_entries(signed, key=bytes(32)).entries.count,
            "verified": verify_signed(signed=signed, public_key_info=house.issuer.public_key_info),
        }
        room.journal.close()
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
