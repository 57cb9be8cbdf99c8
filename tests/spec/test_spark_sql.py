"""Every measure can be said to Spark, whether or not there is any here: its questions are Spark's SQL, and mean the same."""

import pytest

from luoshi.measuring import By, Engine, Frames, answers, measure
from tests.generative.test_fast_and_slow_measures import ALL, VALUES, YEAR, _city
from tests.said_to_spark import SaidToSpark
