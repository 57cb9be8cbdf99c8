"""Measures from rows: sums by school, township, county and city, one division at the end."""

from luoshi.measuring import guaranteeing, judging
from luoshi.measuring.digits import last_digits
from luoshi.measuring.engines import Engine, Spark, Sums
from luoshi.measuring.explaining import Explained, explain
from luoshi.measuring.moments import Measured, Moment, city_of, rollup
from luoshi.measuring.querying import sql
from luoshi.measuring.running import By, Measurements, in_force, measure, measure_levels
from luoshi.measuring.tables import Frames, LakeTables, Tables, period_of

__all__ = [
    "By",
    "Engine",
    "Explained",
    "Frames",
    "LakeTables",
    "Measured",
    "Measurements",
    "Moment",
    "Spark",
    "Sums",
    "Tables",
    "city_of",
    "explain",
    "guaranteeing",
    "in_force",
    "judging",
    "last_digits",
    "measure",
    "measure_levels",
    "period_of",
    "rollup",
    "sql",
]
