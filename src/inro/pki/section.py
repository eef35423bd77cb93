"""Raw configuration read key by key: wrong kinds and unknown keys are refused by name."""

import re
from typing import Any

_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")


class ProfileRefused(Exception):
    """A profile that breaks a limit; `path` names the key, `clause` the rule that sets the limit."""

    def __init__(self, *, path: str, problem: str, clause: str = "") -> None:
        super().__init__(path, problem, clause)
        self.path = path
        self.problem = problem
        self.clause = clause

    def __str__(self) -> str:
        cited = f" ({self.clause})" if self.clause else ""
        return f"{self.path}: {self.problem}{cited}"


class Section:
    """One table of a profile; each key is taken once and what is left over is refused by `close`."""

    def __init__(self, raw: Any, path: str = "") -> None:
        if not isinstance(raw, dict):
            raise ProfileRefused(path=path or "profile", problem="not a table")
        self._left = dict(raw)
        self._path = path

    def path(self, key: str) -> str:
        """Return the full name of `key`."""
        return f"{self._path}.{key}" if self._path else key

    def take[T](self, key: str, kind: type[T]) -> T:
        """Take the value of `key`.

        Raises: ProfileRefused if it is absent or not of `kind`.
        """
        if key not in self._left:
            raise ProfileRefused(path=self.path(key), problem="missing")
        value = self._left.pop(key)
        if type(value) is not kind:
            raise ProfileRefused(path=self.path(key), problem=f"not of kind {kind.__name__}")
        return value

    def take_text(self, key: str) -> str:
        """Take a text that is not empty.

        Raises: ProfileRefused.
        """
        text = self.take(key, str)
        if not text.strip() or text != text.strip():
            raise ProfileRefused(path=self.path(key), problem="empty, or with space at an end")
        return text

    def take_number(self, key: str, *, least: int, most: int, clause: str = "") -> int:
        """Take a whole number within limits.

        Raises: ProfileRefused.
        """
        number = self.take(key, int)
        if not least <= number <= most:
            problem = f"{number} is not within {least} to {most}"
            raise ProfileRefused(path=self.path(key), problem=problem, clause=clause)
        return number

    def take_oid(self, key: str) -> str:
        """Take an object identifier in dotted form.

        Raises: ProfileRefused.
        """
        oid = self.take_text(key)
        if not _OID.fullmatch(oid):
            raise ProfileRefused(path=self.path(key), problem="not a dotted object identifier")
        return oid

    def take_list[T](self, key: str, kind: type[T]) -> tuple[T, ...]:
        """Take a list of values of one kind, none twice, not empty.

        Raises: ProfileRefused.
        """
        values = self.take(key, list)
        if not values or any(type(value) is not kind for value in values):
            raise ProfileRefused(path=self.path(key), problem=f"not a list of {kind.__name__}")
        if len(set(values)) != len(values):
            raise ProfileRefused(path=self.path(key), problem="one value twice")
        return tuple(values)

    def take_tables(self, key: str) -> "tuple[Section, ...]":
        """Take a list of tables.

        Raises: ProfileRefused.
        """
        path = self.path(key)
        return tuple(Section(raw, f"{path}[{place}]") for place, raw in enumerate(self.take(key, list)))

    def take_section(self, key: str) -> "Section":
        """Take a table inside this one.

        Raises: ProfileRefused.
        """
        return Section(self.take(key, dict), self.path(key))

    def has(self, key: str) -> bool:
        """Say whether `key` is still to be taken."""
        return key in self._left

    def take_rest(self) -> dict[str, Any]:
        """Take every key that is left."""
        rest, self._left = self._left, {}
        return rest

    def close(self) -> None:
        """End the reading.

        Raises: ProfileRefused naming the keys nobody took.
        """
        if self._left:
            unknown = ", ".join(self.path(key) for key in sorted(self._left, key=str))
            raise ProfileRefused(path=unknown, problem="unknown key")
