"""Chance without a state: every draw is a function of the seed and of what it is drawn for.

Integers only, so that every machine draws the same; and no draw waits for another, so any slice of a city can be made alone.
The mixing steps are those of SplitMix64 (Steele, Lea, Flood 2014): x ^= x >> 30, times an odd number, and so on.
"""

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXYZ"
_PAIRS = np.frombuffer(b"".join(bytes([a, b]) for a in _ALPHABET for b in _ALPHABET), np.uint16)
_CODE_BITS = 60
_MASK = np.uint64((1 << _CODE_BITS) - 1)


def _mixed(bits: Bits) -> Bits:
    bits = (bits ^ (bits >> np.uint64(30))) * _FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * _SECOND
    return bits ^ (bits >> np.uint64(31))


class Chance:
    """Draws of one city."""

    def __init__(self, seed: int) -> None:
        """Take a seed, any whole number."""
        self._seed = np.array([seed % (1 << 64)], np.uint64)

    def bits(self, purpose: str, *of: Ints | int) -> Bits:
        """64 bits for each of what it is drawn for.

        Args:
            purpose: what is drawn, so that two draws for one school differ.
            of: whole numbers that name it (school, year, …), arrays of one length or single.
        """
        drawn = _mixed(self._seed + np.uint64(zlib.crc32(purpose.encode()) * int(_STEP) % (1 << 64)))
        for one in of:
            told = np.atleast_1d(np.asarray(one, np.int64)).astype(np.uint64)
            drawn = _mixed((drawn ^ told) + _STEP)
        return drawn

    def below(self, bound: Ints | int, purpose: str, *of: Ints | int) -> Ints:
        """Whole numbers from 0 to bound - 1, all alike; bound at most 2³¹."""
        high = self.bits(purpose, *of) >> np.uint64(32)
        return ((high * np.asarray(bound, np.int64).astype(np.uint64)) >> np.uint64(32)).astype(np.int64)

    def happens(self, permille: Ints | int, purpose: str, *of: Ints | int) -> Flags:
        """True in so many of a thousand."""
        drawn: Flags = self.below(1000, purpose, *of) < permille
        return drawn

    def pick(self, weights: Sequence[int], purpose: str, *of: Ints | int) -> Ints:
        """A place in the list, by its weight."""
        edges = np.cumsum(np.asarray(weights, np.int64))
        return np.searchsorted(edges, self.below(int(edges[-1]), purpose, *of), side="right").astype(np.int64)

    def codes(self, counter: Ints) -> npt.NDArray[np.uint8]:
        """A code of 12 letters and digits for each counter below 2⁶⁰; two counters never share one.

        Every step can be undone (x ^= x >> k, times an odd number modulo 2⁶⁰), so nothing collides; without the seed
        nothing is told.
        """
        key = _mixed(self._seed + _STEP)
        bits = (counter.astype(np.uint64) ^ key) & _MASK
        for odd in (_FIRST, _SECOND, _STEP):
            bits = ((bits ^ (bits >> np.uint64(29))) * odd) & _MASK
        bits ^= bits >> np.uint64(31)
        pairs = np.empty((len(bits), 6), np.uint16)
        for place in range(6):
            pairs[:, place] = _PAIRS[(bits >> np.uint64(50 - 10 * place)) & np.uint64(1023)]
        return pairs.view(np.uint8).reshape(len(bits), 12)


def spread(serial: Ints, permille: Ints | int, phase: Ints | int = 0) -> Flags:
    """Which of a row of people have a thing that so many of a thousand have: evenly, and by their number for ever.

    With  count(n) = ⌊(n·permille + phase) / 1000⌋  number n has it where count(n + 1) > count(n);
    so those among numbers from d to a - 1 are count(a) - count(d), and nobody has to be made to be counted.
    """
    had: Flags = spread_count(serial + 1, permille, phase) > spread_count(serial, permille, phase)
    return had


def spread_count(until: Ints, permille: Ints | int, phase: Ints | int = 0) -> Ints:
    """How many of the numbers below `until` have it."""
    counted: Ints = (until * permille + phase) // 1000
    return counted
