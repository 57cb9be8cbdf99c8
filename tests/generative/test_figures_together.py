"""What units make together lies between them, whatever they are."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.tracking.agreeing import Amount, together
from tests.generative.texts import SLICE

_COUNTS = st.tuples(st.integers(0, 10**6), st.integers(1, 10**6))


@SLICE
@given(st.lists(_COUNTS, min_size=1, max_size=20))
def test_the_city_lies_between_its_units(counts: list[tuple[int, int]]) -> None:
    parts = [Amount(Decimal(top) * 100 / bottom, Decimal(top), Decimal(bottom)) for top, bottom in counts]
    whole = together(parts, "%", rated=True)
    assert whole is not None
    rates = [one.exact("%") for one in parts]
    assert min(rates) <= whole.exact("%") <= max(rates)
    assert whole.numerator == sum(top for top, _ in counts)
