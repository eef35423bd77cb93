"""Compare two writings of a Japanese address and name the part that differs (8.1, 8.2, 29).

The applicant's address must be that of the resident record, but the two are seldom written alike. What is
compared is reduced first; a person sees both writings and every difference, and decides.
"""

from dataclasses import dataclass
from enum import StrEnum

from inro.japanese.address_reading import Address, read_address
from inro.japanese.address_writing import one_width


class AddressVerdict(StrEnum):
    """How far two writings denote the same place."""

    SAME = "same"
    EQUIVALENT = "equivalent"
    NO_PREFECTURE = "no_prefecture"
    BUILDING_MISSING = "building_missing"
    DIFFERENT = "different"


class AddressPart(StrEnum):
    """A part of an address, from the widest to the narrowest."""

    PREFECTURE = "prefecture"
    MUNICIPALITY = "municipality"
    TOWN = "town"
    NUMBERS = "numbers"
    BUILDING = "building"
    ROOM = "room"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDifference:
    """One part as each side has it, reduced; an empty text is a part that side leaves out."""

    part: AddressPart
    left: str
    right: str

    @property
    def is_omission(self) -> bool:
        """Whether one side merely says nothing of the part."""
        return not (self.left and self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressComparison:
    """A verdict and the differences it rests on, widest part first."""

    verdict: AddressVerdict
    differences: tuple[AddressDifference, ...] = ()


_OMITTABLE = frozenset({AddressPart.PREFECTURE, AddressPart.BUILDING, AddressPart.ROOM})


def compare_addresses(left: str, right: str) -> AddressComparison:
    """Return whether two writings denote one place, and where they part (8.1)."""
    left, right = one_width(left), one_width(right)
    if left.replace(" ", "") == right.replace(" ", ""):
        return AddressComparison(verdict=AddressVerdict.SAME)
    one, other = read_address(left), read_address(right)
    differences = (*_place_differences(one, other), *_number_differences(one, other))
    return AddressComparison(verdict=_verdict(differences), differences=differences)


def _verdict(differences: tuple[AddressDifference, ...]) -> AddressVerdict:
    if not differences:
        return AddressVerdict.EQUIVALENT
    if not all(item.is_omission and item.part in _OMITTABLE for item in differences):
        return AddressVerdict.DIFFERENT
    if all(item.part is AddressPart.PREFECTURE for item in differences):
        return AddressVerdict.NO_PREFECTURE
    return AddressVerdict.BUILDING_MISSING


def _place_differences(one: Address, other: Address) -> list[AddressDifference]:
    if (one.prefecture, one.municipality, one.town) == (other.prefecture, other.municipality, other.town):
        return []
    return _unequal(
        (AddressPart.PREFECTURE, one.prefecture, other.prefecture),
        (AddressPart.MUNICIPALITY, one.municipality, other.municipality),
        (AddressPart.TOWN, one.town, other.town),
    )


def _number_differences(one: Address, other: Address) -> list[AddressDifference]:
    marked = {one.in_section, other.in_section} == {True, False}
    if not marked and _same_numbers(one, other):
        if one.building == other.building:
            return []
        return _unequal((AddressPart.BUILDING, one.building, other.building))
    mine, theirs = _rooms_told_apart(one, other)
    return _unequal(
        (AddressPart.NUMBERS, _shown(mine, with_mark=marked), _shown(theirs, with_mark=marked)),
        (AddressPart.BUILDING, one.building, other.building),
        (AddressPart.ROOM, mine.room, theirs.room),
    )


def _same_numbers(one: Address, other: Address) -> bool:
    """Say whether all numbers are the same: 1-2-3-101 and 1-2-3 with room 101 differ in a name at most."""
    if one.numbers == other.numbers:
        return one.room == other.room
    if max(len(one.room), len(other.room)) < _ROOM_DIGITS:
        return False
    return [*filter(None, (*one.numbers, one.room))] == [*filter(None, (*other.numbers, other.room))]


def _shown(address: Address, *, with_mark: bool) -> str:
    first, *others = address.numbers or ("",)
    mark = "丁目" if with_mark and address.in_section else ""
    return "-".join((first + mark, *others))


def _rooms_told_apart(one: Address, other: Address) -> tuple[Address, Address]:
    """Return both addresses, a number past a closed 号 of the other side taken for a room."""
    return _without_room_among_numbers(one, other), _without_room_among_numbers(other, one)


def _without_room_among_numbers(longer: Address, shorter: Address) -> Address:
    *numbers, last = longer.numbers or ("",)
    if not shorter.closed or longer.room or tuple(numbers) != shorter.numbers or len(last) < _ROOM_DIGITS:
        return longer
    return longer.with_room(numbers=tuple(numbers), room=last)


_ROOM_DIGITS = 3


def _unequal(*parts: tuple[AddressPart, str, str]) -> list[AddressDifference]:
    return [
        AddressDifference(part=part, left=mine, right=theirs)
        for part, mine, theirs in parts
        if mine != theirs
    ]
