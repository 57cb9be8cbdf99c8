"""What rows came to: sums above and below, and the one division at the end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from luoshi.words.measures import Comparison, Measure, Variation

DIGITS = 28
"""Digits of a 差异系数, whose root is no fraction."""
_WIDE = Context(prec=60)
_NOTHING = Decimal("1e-40")
"""What is left of equal schools when a third was cut off at the sixtieth digit."""
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Moment:
    """Sums over the rows of one division; adding two gives the moment of both together."""

    part: Number | None
    """分子; None where no row said anything."""
    whole: Number | None = None
    """分母; None where no row said anything, or for a count."""
    rows: int = 0
    """Rows that were asked: classes, schools."""
    used: int = 0
    """Of these, how many are in the sums; the others had an empty cell."""
    squares: Decimal | None = None
    """Σ x²/P over schools, for a 差异系数."""
    against: "Moment | None" = None
    """The other rate of a comparison."""

    def __add__(self, other: "Moment") -> "Moment":
        """Both together."""
        return Moment(
            _sum(self.part, other.part),
            _sum(self.whole, other.whole),
            self.rows + other.rows,
            self.used + other.used,
            _wide(self.squares, other.squares),
            self.against + other.against if self.against and other.against else self.against or other.against,
        )

    def value(self, measure: Measure) -> Fraction | Decimal | None:
        """What it comes to, unrounded; None where there is nothing to divide by, which is neither 0 nor 100 %."""
        if measure.counted:
            return None if self.part is None else Fraction(self.part)
        if self.part is None or not self.whole:
            return None
        quotient = Fraction(self.part) / Fraction(self.whole)
        if isinstance(measure, Variation):
            return self._variation()
        if isinstance(measure, Comparison):
            other = self.against
            if other is None or not other.part or not other.whole:
                return None
            quotient /= Fraction(other.part) / Fraction(other.whole)
        return quotient * measure.scale

    def _variation(self) -> Decimal | None:
        """√(ΣP · Σx²/P / (Σx)² − 1), to 28 digits; None where the mean is 0."""
        if not self.part or self.whole is None or self.squares is None:
            return None
        total = _WIDE.power(Decimal(self.part), 2)
        square = _WIDE.divide(_WIDE.multiply(Decimal(self.whole), self.squares), total) - 1
        return Context(prec=DIGITS).plus(square.sqrt(_WIDE)) if square > _NOTHING else Decimal(0)


def square_over(part: Number, whole: Number) -> Decimal:
    """x²/P to 60 digits."""
    return _WIDE.divide(_WIDE.power(Decimal(part), 2), Decimal(whole))


def _sum(one: Number | None, other: Number | None) -> Number | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _wide(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return other if one is None else one
    return _WIDE.add(one, other)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one division in one year."""

    measure: Measure
    year: int
    """First year of the school year, or the calendar year."""
    division: str
    """Code of the city, county or township, or of the school."""
    county: str
    """The county it lies in; empty for a city."""
    moment: Moment
    group: str = ""
    """What stands in the column it was split by: primary; empty where it was not, or where the cell is empty."""

    @property
    def value(self) -> Fraction | Decimal | None:
        """Unrounded, in the measure's unit; exact, but for a 差异系数, which has 28 digits."""
        return self.moment.value(self.measure)

    @property
    def sides(self) -> tuple[Number | None, Number | None]:
        """What is written above and below beside the value: the sums; of a comparison the two rates; of a 差异系数 S and X̄.

        Only for show: of the last two to 28 digits.
        """
        moment, other = self.moment, self.moment.against
        if isinstance(self.measure, Comparison):
            one = moment.value(self.measure.one)
            beside = other.value(self.measure.other) if other else None
            return _shown(one), _shown(beside)
        if isinstance(self.measure, Variation):
            mean, apart = moment.value(self.measure.between), self.value
            known = isinstance(apart, Decimal) and mean is not None
            return (_shown(Fraction(apart) * Fraction(mean)) if known else None), _shown(mean)  # type: ignore[arg-type]
        return moment.part, moment.whole


def _shown(value: Fraction | Decimal | None) -> Decimal | None:
    if not isinstance(value, Fraction):
        return value
    return Context(prec=DIGITS).divide(Decimal(value.numerator), Decimal(value.denominator))


def city_of(code: str) -> str:
    """The city a county lies in, by GB/T 2260: its first four digits and 00."""
    return f"{code[:4]}00"


def rollup(rows: Iterable[Measured], parent: Callable[[str], str] = city_of) -> tuple[Measured, ...]:
    """Sum divisions into those above them; rates are never averaged.

    Args:
        rows: of one level, each division once.
        parent: the code above a code.
    """
    summed = dict[tuple[str, int, str, str], Measured]()
    for row in rows:
        above = parent(row.division)
        key = (row.measure.key, row.year, above, row.group)
        moment = summed[key].moment + row.moment if key in summed else row.moment
        summed[key] = Measured(row.measure, row.year, above, "", moment, row.group)
    return tuple(summed.values())
