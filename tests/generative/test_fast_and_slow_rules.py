"""Every rule of every return, on frames nobody thought of: Polars, DuckDB and plain Python find the same."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.checking import Aside, Engine, check
from luoshi.declared.returns import RETURNS
from luoshi.spine import Return
from tests.slow_rules import LAST_YEAR, broken, framed, made_up

VALUES = ("0", "1", "0.5", "2.25", "33.333333", "100", "70000")
"""Own values of parameters, with more places than any that is declared."""


def _agree(of: type[Return], seed: int, many: int) -> None:
    chance = Random(seed)
    rows = made_up(of, many, chance, once=False)
    needed = {key for rule in of.rules.values() for key in rule.needs}
    beside = {key: made_up(RETURNS[key], chance.randint(0, 12), chance, once=True) for key in sorted(needed)}
    before = made_up(of, chance.randint(0, 12), chance, once=True)
    read = {one.key for rule in of.rules.values() for one in rule.thresholds}
    own = {key: Decimal(chance.choice(VALUES)) for key in sorted(read) if chance.random() < 0.5}
    wanted = broken(of, rows, {**beside, LAST_YEAR: before}, own)
    aside = Aside(framed(of, before), {key: framed(RETURNS[key], told) for key, told in beside.items()})
    for engine in Engine:
        checked = check(of, framed(of, rows), aside, own=own, engine=engine)
        assert set(checked.broken().select("row", "rule").iter_rows()) == wanted, engine
        assert checked.counts == {name: sum(rule == name for _, rule in wanted) for name in of.rules}
        assert not checked.skipped
        assert len(checked.findings()) == len(wanted)


ANY = {"of": st.sampled_from(list(RETURNS.values())), "seed": st.integers(0, 10**9), "many": st.integers(1, 12)}


@settings(max_examples=6, deadline=None, derandomize=True)
@given(**ANY)
def test_both_engines_find_what_the_slow_rules_find(of, seed, many) -> None:
    _agree(of, seed, many)


@pytest.mark.prove
@settings(max_examples=400, deadline=None)
@given(**ANY)
def test_both_engines_find_what_the_slow_rules_find_many_times(of, seed, many) -> None:
    _agree(of, seed, many)
