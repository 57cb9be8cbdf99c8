"""Identities that nobody has: names that begin with 虚构, numbers of an area 99 that is not given out, checks that hold.

A person keeps them from file to file: they follow from the code in the made-up city.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from luoshi.imagining.columns import digits
from luoshi.imagining.registers import CYCLE
from luoshi.words.identifiers import PERSON_WEIGHTS

_WORDS = tuple(f"虚构{one}{two}" for one in CYCLE for two in "山石云水木火土金")
_ORDERS = 500
"""Sequence numbers of one sex on one day in one area."""
_WITHOUT = 50
"""One in so many pupils has no identity number, and a temporary roll number."""
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)


@dataclass(frozen=True, slots=True)
class People:
    """Columns of one length."""

    name: pl.Series
    identity: pl.Series
    """Empty for one in fifty where `roll_number` is temporary."""
    roll_number: pl.Series
    phone: pl.Series

    @property
    def planted(self) -> list[str]:
        """Every value that must not come out again."""
        some = (self.name, self.identity, self.roll_number, self.phone)
        return [one for column in some for one in column.drop_nulls().unique().to_list()]


def people(code: pl.Series, born: pl.Series, sex: pl.Series, *, temporary: bool = True) -> People:
    """Identities of people.

    Args:
        code: their codes, of one length, each once.
        born: days.
        sex: 1 and 2.
        temporary: whether some have only a temporary roll number.
    """
    width = len(code[0]) if len(code) else 1
    letters = np.frombuffer("".join(code.to_list()).encode(), np.uint8).reshape(-1, width).astype(np.int64)
    own = (letters * 37 ** (np.arange(width, dtype=np.int64) % 10 + 1)).sum(axis=1) & ((1 << 60) - 1)
    own = own % (10_000 * _ORDERS)
    taken = pl.DataFrame({"own": own, "born": born, "sex": sex})
    again = taken.select(pl.int_range(pl.len()).over("own", "born", "sex")).to_series().to_numpy()
    number = _numbers((own + again * 7919) % (10_000 * _ORDERS), born, sex)
    without = pl.Series((own % _WITHOUT == 0) & temporary)
    temporarily = "L" + number.str.slice(0, 14) + digits(own % 10_000, 4)
    roll = pl.select(pl.when(without).then(temporarily).otherwise("G" + number)).to_series()
    identity = pl.select(pl.when(~without).then(number)).to_series()
    name = pl.Series(_WORDS).gather(pl.Series(own % len(_WORDS)))
    return People(name, identity, roll, "1770" + digits(own, 7))


def _numbers(own: np.ndarray, born: pl.Series, sex: pl.Series) -> pl.Series:
    """99, four digits, day of birth, three digits that are odd for men, check. GB 11643-1999."""
    area, order = own % 10_000, own // 10_000 * 2 + (sex == "1").to_numpy()
    seventeen = "99" + digits(area, 4) + born.dt.strftime("%Y%m%d") + digits(order, 3)
    letters = np.frombuffer("".join(seventeen.to_list()).encode(), np.uint8).reshape(-1, len(PERSON_WEIGHTS))
    checks = _CHECKS[(letters.astype(np.int64) - ord("0")) @ np.array(PERSON_WEIGHTS) % 11]
    return seventeen + pl.Series([chr(one) for one in checks.tolist()], dtype=pl.String)
