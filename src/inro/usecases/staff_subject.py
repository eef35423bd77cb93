"""What audit rows about a member of staff are of (40(7))."""


def subject(person: str) -> str:
    """Return the subject of audit rows about a person."""
    return f"staff/{person}"
