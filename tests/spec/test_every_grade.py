"""Every value of LEC and LS, held against the tables written here once more."""

from decimal import Decimal
from itertools import product

from luoshi.declared.safety import RISK_EDGES
from luoshi.handling.grading import CONSEQUENCE, EXPOSURE, FIVE, LIKELIHOOD, graded, lec, ls

EDGES = {one.key: one.value for one in RISK_EDGES}
L, E, C = (100, 60, 30, 10, 5, 2, 1), (100, 60, 30, 20, 10, 5), (100, 40, 15, 7, 3, 1)
"""In tenths, the consequences whole."""


def test_every_danger_of_lec_has_the_grade_that_its_table_gives() -> None:
    assert tuple(Decimal(one) * 10 for one in LIKELIHOOD) == L
    assert tuple(Decimal(one) * 10 for one in EXPOSURE) == E
    assert tuple(map(Decimal, CONSEQUENCE)) == C
    for told in product(LIKELIHOOD, EXPOSURE, CONSEQUENCE):
        hundredths = L[list(LIKELIHOOD).index(told[0])] * E[list(EXPOSURE).index(told[1])] * int(told[2])
        plain = (
            "major"
            if hundredths >= 32_000
            else "larger"
            if hundredths >= 16_000
            else "general"
            if hundredths >= 7_000
            else "low"
        )
        assert (lec(*told) * 100, graded(lec(*told), EDGES, "lec")) == (hundredths, plain), told


def test_every_product_of_ls_has_the_grade_that_its_table_gives() -> None:
    plain = {1: "low", 2: "low", 3: "low", 4: "low", 5: "low", 6: "low", 8: "low", 9: "general", 10: "general", 12: "general",
             15: "larger", 16: "larger", 20: "major", 25: "major"}  # fmt: skip
    assert {int(ls(*told)): graded(ls(*told), EDGES, "ls") for told in product(FIVE, FIVE)} == plain
