"""Every measure can be said to Spark, whether or not there is any here: its questions are Spark's SQL, and mean the same.

With pyspark and Java a cluster of one master and two workers is started, and comes to the same counts over a lake.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from luoshi.declared.measures import MEASURES
from luoshi.imagining import City
from luoshi.imagining.depositing import deposit
from luoshi.keeping import Lake
from luoshi.measuring import By, Frames, LakeTables, Spark, answers, measure
from tests.generative.test_fast_and_slow_measures import ALL, VALUES, YEAR, _city
from tests.said_to_spark import SaidToSpark

COHORT = 8
"""Years before the one that is measured that a cohort began."""
WAIT = 240
"""Seconds a cluster may take to start."""


@pytest.mark.prove
def test_what_spark_would_be_asked_comes_to_the_same(monkeypatch) -> None:
    frames, told = Frames(_city(7)), list[str]()
    expected = measure(ALL, frames, year=YEAR, by=By.COUNTY, values=VALUES)
    monkeypatch.setattr(answers, "opened", lambda tables, _: SaidToSpark(tables, told))
    found = measure(ALL, frames, year=YEAR, by=By.COUNTY, values=VALUES)
    assert told
    assert found.rows == expected.rows


def test_every_measure_is_said_in_sparks_words(monkeypatch) -> None:
    """Without any row, so that only the saying takes time."""
    frames, told = Frames({key: frame.clear() for key, frame in _city(7).items()}), list[str]()
    monkeypatch.setattr(answers, "opened", lambda tables, _: SaidToSpark(tables, told))
    found = measure(ALL, frames, year=YEAR, by=By.COUNTY, values=VALUES)
    assert not found.unmeasured
    assert len(told) >= len({term.of.key for one in ALL for term in one.terms()})
    assert all("`" in one and '"' not in one.split("FROM")[0] for one in told)


@pytest.fixture
def cluster(tmp_path) -> Iterator[str]:
    """One master and two workers of the pyspark package; its address."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: docs/howto/province.md says how")
    if shutil.which("java") is None:
        pytest.skip("no Java: install default-jre-headless")
    from pyspark.find_spark_home import _find_spark_home

    home, port = _find_spark_home(), _free()
    master = f"spark://127.0.0.1:{port}"
    settings = {
        **os.environ,
        "SPARK_HOME": home,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_DAEMON_MEMORY": "256m",
    }
    of = "org.apache.spark.deploy"
    said = [
        [f"{of}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"],
        *(
            [f"{of}.worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0", "-d", str(tmp_path), master]
            for _ in range(2)
        ),
    ]
    log = (tmp_path / "cluster.log").open("wb")
    started = [
        subprocess.Popen([str(Path(home) / "bin" / "spark-class"), *one], env=settings, stdout=log, stderr=log)
        for one in said
    ]
    try:
        _wait(tmp_path / "cluster.log")
        yield master
    finally:
        for one in started:
            one.terminate()
        for one in started:
            with suppress(subprocess.TimeoutExpired):
                one.wait(20)
        log.close()


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(log: Path) -> None:
    """Until both workers are registered."""
    until = time.monotonic() + WAIT
    while log.read_text("utf-8", "replace").count("Successfully registered with master") < 2:
        assert time.monotonic() < until, log.read_text("utf-8", "replace")[-2000:]
        time.sleep(0.2)


@pytest.mark.prove
def test_a_cluster_counts_what_duckdb_counts(cluster, tmp_path) -> None:
    lake = Lake(tmp_path / "lake")
    for _ in deposit(City(60, 11, YEAR - COHORT), range(YEAR - COHORT, YEAR + 1), lake):
        pass
    tables = LakeTables(lake)
    told = [
        measure(list(MEASURES.values()), tables, year=YEAR, by=By.COUNTY, values=VALUES, **engine)
        for engine in ({}, {"engine": Spark(cluster)})
    ]
    expected, found = told
    assert found.unmeasured == expected.unmeasured
    assert len({one.measure.key for one in expected.rows}) > 280
    assert found.rows == expected.rows
