"""The root of every refusal by a rule of the terms: data only, words live at the edge."""

from typing import Any


class Refused(Exception):
    """An act the terms do not allow; `data` says which value, limit or clause is concerned."""

    def __init__(self, **data: Any) -> None:
        super().__init__(data)
        self.data = data
