"""The statutory explanation and the penalty for false data, as the page of their own shows them (12.3, 42).

Their hash in the language that was read stands in the log: it says what was acknowledged.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing explained, with the clause that asks for it."""

    clause: str
    title: str
    words: str


def points() -> tuple[Point, ...]:
    """Return what is explained, in the language of the page (12.3, 42.1-42.4)."""
    return (
        Point(
            clause="42.1",
            title=gettext("True and exact data"),
            words=gettext(
                "This is an accredited service under the Act on Electronic Signatures and"
                " Certification Business."
                " Whoever applies must give exact information."
            ),
        ),
        Point(
            clause="12.3",
            title=gettext("False applications are punished"),
            words=gettext(
                "Whoever applies falsely, and so has an untrue fact certified of a subscriber, is"
                " punished under"
                " Article 41 of the Act."
            ),
        ),
        Point(
            clause="42.2",
            title=gettext("A signature has legal effect"),
            words=gettext(
                "An electronic signature can have the legal effect of a handwritten one or of a"
                " seal. Keep the private"
                " key on the card and its PIN carefully and secretly, for as long as the card exists."
            ),
        ),
        Point(
            clause="42.3",
            title=gettext("When to apply for revocation"),
            words=gettext(
                "Apply for revocation without delay when the private key is or may be compromised,"
                " when anything in the"
                " certificate changes, and when you stop using it."
            ),
        ),
        Point(
            clause="42.4",
            title=gettext("Only the name is accredited"),
            words=gettext(
                "Of what the certificate shows of you, only the name falls under the accreditation."
                " Organization, its"
                " address, authority and the rest do not."
            ),
        ),
    )


def words_sha256() -> str:
    """Return the SHA-256 of what is explained in the language of the page, hexadecimal."""
    text = "\n".join(f"{point.clause}\t{point.title}\t{point.words}" for point in points())
    return hashlib.sha256(text.encode()).hexdigest()
