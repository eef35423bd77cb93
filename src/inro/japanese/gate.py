"""The gate: the 6,879 characters of JIS X 0208, levels 1 and 2 and the signs beside them (8.7)."""

# Lead and trail octets of JIS X 0208 in EUC-JP; three octets would be JIS X 0212, 0x8E half-width kana.
_OCTETS = range(0xA1, 0xFF)


def _assigned() -> frozenset[str]:
    """Return every character that EUC-JP writes at one of the 94 x 94 places of JIS X 0208."""
    places = [[bytes((row, cell)) for cell in _OCTETS] for row in _OCTETS]
    return frozenset().union(*(_decoded(b"".join(row)) or map(_decoded, row) for row in places)) - {""}


def _decoded(places: bytes) -> str:
    try:
        return places.decode("euc_jp")
    except UnicodeDecodeError:
        return ""


JIS_X_0208 = _assigned()


def passes_gate(text: str) -> bool:
    """Say whether a text has characters of JIS X 0208 only (8.7)."""
    return JIS_X_0208.issuperset(text)


def outside_gate(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no certificate may show, each once, in order (8.7)."""
    return tuple(dict.fromkeys(character for character in text if character not in JIS_X_0208))
