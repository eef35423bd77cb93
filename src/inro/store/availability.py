"""A database that does not answer, told as the record tells everything: what, and the way out (40(7))."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from inro.store.errors import RecordsUnwritable


@contextmanager
def records_needed() -> Iterator[None]:
    """Turn what the database itself raises inside, outside any act, into RecordsUnwritable.

    For a process's loop: missing tables, a full disk, a file it may not open or write end the process with
    one line. What an act had begun was rolled back by its transaction.

    Raises: RecordsUnwritable.
    """
    try:
        yield
    except DatabaseError as error:
        raise RecordsUnwritable(
            what="database",
            # The first line only: what follows may quote a row.
            detail=str(error).splitlines()[0] if str(error) else type(error).__name__,
            do="free the disk, make the database readable and writable or start it; see `inro doctor`",
        ) from error
