"""What entries of the directory are made of: one rule for the writer and for the server's first contents."""

from enum import StrEnum

import ldap.dn

from inro.ports.errors import DirectoryUnavailable

type Parts = list[list[tuple[str, str, int]]]

_STRUCTURAL_CLASSES = {
    "c": "country",
    "st": "locality",
    "l": "locality",
    "o": "organization",
    "ou": "organizationalUnit",
    "cn": "applicationProcess",
}


class EntryClass(StrEnum):
    """What an entry is for; the value is its object class in RFC 4523."""

    AUTHORITY = "pkiCA"
    DISTRIBUTION_POINT = "cRLDistributionPoint"


def parts_of(name: str) -> Parts:
    """Cut a distinguished name (RFC 4514) into its parts, the entry's own first.

    Raises: DirectoryUnavailable.
    """
    try:
        parts: Parts = ldap.dn.str2dn(name)
    except ldap.DECODING_ERROR as error:
        raise DirectoryUnavailable(
            "directory", f"{name!r} is no distinguished name", "correct inro.toml"
        ) from error
    return parts


def name_of(parts: Parts) -> str:
    """Return parts as a distinguished name, written in one way."""
    return str(ldap.dn.dn2str(parts))


def attributes_of(parts: Parts, kind: EntryClass | None = None) -> dict[str, list[bytes]]:
    """Return the attributes of an entry called by `parts`: plain above the CA's, or of a class.

    Raises: DirectoryUnavailable for a name by which no entry can be made.
    """
    naming = parts[0][0][0].lower()
    if kind is EntryClass.DISTRIBUTION_POINT and naming == "cn":
        # Structural by itself; only its name must be a common name.
        classes = [kind.value]
    elif naming in _STRUCTURAL_CLASSES:
        classes = [_STRUCTURAL_CLASSES[naming], *([EntryClass.AUTHORITY.value] if kind else [])]
    else:
        raise DirectoryUnavailable(
            "directory", f"no entry can be made for {name_of(parts)}", "make it by hand"
        )
    attributes = {"objectClass": [b"top", *(name.encode("ascii") for name in classes)]}
    for attribute, value, _ in parts[0]:
        attributes.setdefault(attribute, []).append(value.encode("utf-8"))
    return attributes
