"""What the record may answer instead of doing as asked: data only, words live at the edge."""


class StoreError(Exception):
    """The record did not do as asked; `what` names the thing, `detail` the state, `do` the way out."""

    def __init__(self, *, what: str, detail: str = "", do: str = "") -> None:
        super().__init__(what, detail, do)
        self.what = what
        self.detail = detail
        self.do = do

    def __str__(self) -> str:
        return ": ".join(part for part in (self.what, self.detail, self.do) if part)


class Conflict(StoreError):
    """Somebody else was first, or the thing is no longer in the state the act starts from."""


class Unknown(StoreError):
    """The record holds no such thing."""


class StockEmpty(Unknown):
    """No blank card of the medium is in stock."""

    def __init__(self, *, medium: str) -> None:
        super().__init__(
            what="card",
            detail=f"no blank {medium} card is left",
            do="take cards into stock: inro cards receive FILE --model MODEL",
        )


class RecordsUnwritable(StoreError):
    """The database takes no writes, so nothing was done: no act without its audit row."""


class Unrecorded(StoreError):
    """An act ended without saying what to record: a mistake in the program, nothing was done."""
