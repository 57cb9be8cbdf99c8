"""Differences planted in the lists of a made-up city: all of them are found, and nothing else. 演示数据（虚构）."""

import json
import subprocess
import sys
import time

import pytest

from benchmarks.lists import MEGABYTES, SECONDS, ours, told_of, unlike
from benchmarks.lists_planted import planted
from tests.house.house import ROOT
from tests.yardstick import usual


def test_a_small_city_is_compared_as_it_was_planted(tmp_path) -> None:
    plan = planted(15_000, share=0.02)
    plan.write(tmp_path)
    compared = ours(tmp_path)
    assert unlike(plan, *told_of(compared)) == []
    assert compared.tally["rows"].sum() == sum(len(one) for one in plan.lists.values())
    assert compared.counts()["out_of_school"].sum() == len(
        compared.findings.filter(compared.findings["list"] == "household")
    )


def test_the_same_seed_plants_the_same_and_another_seed_another() -> None:
    first, again, other = planted(2_000, share=0.01), planted(2_000, share=0.01), planted(2_000, 7, share=0.01)
    assert all(first.lists[name].equals(again.lists[name]) for name in first.lists)
    assert first.planted != other.planted


@pytest.mark.prove
def test_three_lists_of_a_million_and_more_are_compared_in_a_minute_and_four_gigabytes(tmp_path, capsys) -> None:
    plan = planted()
    plan.write(tmp_path)
    command = [sys.executable, "-m", "benchmarks.lists", "--side", "ours", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    took = json.loads(done.stdout.splitlines()[-1])
    with capsys.disabled():
        sys.stderr.write(f"\n{took}\n")
    assert unlike(plan, *json.loads((tmp_path / "ours.json").read_text(encoding="utf-8"))) == []
    assert usual(took["seconds"], time.perf_counter) < SECONDS
    assert took["megabytes"] < MEGABYTES
