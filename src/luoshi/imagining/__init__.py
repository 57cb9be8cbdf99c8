"""A made-up city of any size, from a seed: for the demonstration, the tests and the benchmarks. 演示数据（虚构）."""

from luoshi.imagining.city import MADE_UP, City, period_of
from luoshi.imagining.registers import county_names

__all__ = ["MADE_UP", "City", "county_names", "period_of"]
