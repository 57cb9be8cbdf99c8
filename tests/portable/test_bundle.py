"""The portable bundle, unpacked where a bureau might, starts with the network off and moves with all it keeps."""

import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from importlib import util
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = f"linux-{platform.machine()}"
MINE = f"{sys.version_info[0]}.{sys.version_info[1]}"
PYTHON = Path(sys.base_prefix) / "bin" / "python3"


pytestmark = pytest.mark.xdist_group("bundle")  # built once, looked at by all


def _builder() -> Any:
    spec = util.spec_from_file_location("portable_build", ROOT / "portable" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = _builder()


def _lacking(reason: str) -> None:
    if os.environ.get("LUOSHI_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def pip() -> str:
    """A Python whose pip can fetch the smallest thing a bundle needs."""
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        _lacking("no pip beside this Python: a bundle cannot be built")
    with TemporaryDirectory() as folder:
        asked = [PYTHON, "-m", "pip", "download", "-q", "--no-deps", "--timeout", "20"]
        asked += ["--require-hashes", "-r", ROOT / "portable" / "pip.txt", "--dest", folder]
        if subprocess.run(asked, capture_output=True, check=False).returncode:
            _lacking("no package index answers: a bundle cannot be built")
    return str(PYTHON)


@pytest.fixture(scope="module")
def archive(pip: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of this machine, for the Python that runs the tests."""
    if HERE not in build.PLATFORMS:
        _lacking(f"no bundle is made for {HERE}")
    return build.build(pip, HERE, tmp_path_factory.mktemp("bundle"), (MINE,))


@pytest.fixture(scope="module")
def walled() -> list[str]:
    """What puts a command into a network that leads nowhere."""
    for command in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return command
    # A sandbox that forbids namespaces cannot take a network away, whatever is required of it.
    pytest.skip("unshare --net is not permitted here: the network cannot be taken away")


def _start(walled: list[str], folder: Path, *options: str) -> dict[str, Any]:
    calm = {
        name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_", "DATABASE_"))
    }
    calm["PATH"] = f"{PYTHON.parent}:{calm['PATH']}"
    inside = [
        *walled,
        str(PYTHON),
        str(Path(__file__).with_name("inside.py")),
        str(folder / "start.sh"),
        "--no-browser",
    ]
    done = subprocess.run([*inside, *options], env=calm, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert not told["outside"]
    assert told["status"] == 200, told["said"]
    return told


def _entries(folder: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "data" / "luoshi.sqlite3") as database:
        return database.execute("SELECT * FROM journal_entry ORDER BY 1").fetchall()


def test_a_command_that_is_named_is_run_and_without_one_it_starts(tmp_path: Path) -> None:
    spec = util.spec_from_file_location("portable_begin", ROOT / "portable" / "begin.py")
    assert spec is not None
    assert spec.loader is not None
    begin = util.module_from_spec(spec)
    spec.loader.exec_module(begin)
    assert begin.asked([], tmp_path) == ["luoshi", "start", "--home", str(tmp_path)]
    assert begin.asked(["--demo"], tmp_path) == ["luoshi", "start", "--home", str(tmp_path), "--demo"]
    assert begin.asked(["backup", "--out", "E:"], tmp_path) == ["luoshi", "backup", "--out", "E:"]


@pytest.mark.prove
def test_it_starts_with_the_network_off(archive: Path, walled: list[str], tmp_path: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path / "我的 文件夹", filter="data")
    (bundle,) = (tmp_path / "我的 文件夹").iterdir()
    begun = _start(walled, bundle, "--demo")
    assert "首次启动" in begun["said"]
    assert "演示" in begun["page"]
    assert _entries(bundle)


@pytest.mark.prove
def test_it_moves_with_all_it_keeps_and_mends_what_was_cut_off(
    archive: Path, walled: list[str], tmp_path: Path
) -> None:
    first = tmp_path / "我的 文件夹"
    with tarfile.open(archive) as opened:
        opened.extractall(first, filter="data")
    (bundle,) = first.iterdir()

    begun = _start(walled, bundle, "--demo")
    assert "首次启动" in begun["said"]
    assert "演示" in begun["page"]
    kept, key = _entries(bundle), (bundle / "data" / "secret.key").read_bytes()
    assert kept

    moved = tmp_path / "新 电脑" / "落实"
    moved.parent.mkdir()
    shutil.move(bundle, moved)
    again = _start(walled, moved)
    assert "首次启动" not in again["said"]
    assert str(moved / "data") in again["said"]
    assert _entries(moved) == kept
    assert (moved / "data" / "secret.key").read_bytes() == key

    (moved / "app" / ".laid-out").unlink()  # as after an installation that was cut off
    mended = _start(walled, moved)
    assert "首次启动" in mended["said"]
    assert _entries(moved) == kept


@pytest.mark.prove
def test_a_python_that_does_not_suit_is_told_in_four_parts(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (bundle,) = tmp_path.iterdir()
    (bundle / "program" / "made-for.txt").write_text("linux x86_64 2.7\n", encoding="utf-8")
    done = subprocess.run([bundle / "start.sh"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert [line.partition("：")[0] for line in done.stdout.splitlines()] == ["位置", "情况", "规则", "处理"]


@pytest.mark.prove
def test_a_changed_wheel_is_not_installed(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (bundle,) = tmp_path.iterdir()
    (wheel,) = bundle.glob("wheels/luoshi-*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"x")
    done = subprocess.run([PYTHON, bundle / "program" / "begin.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "程序没有装成" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (bundle / "app" / ".laid-out").exists()


def test_packing_the_same_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for key, made_for in build.PLATFORMS.items():
        folder = tmp_path / f"luoshi-{key}"
        (folder / "data").mkdir(parents=True)
        (folder / "start.sh").write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / "开始使用.txt").write_text("演示数据（虚构）", encoding="utf-8")
        once = sha256(build.pack(made_for, folder).read_bytes()).hexdigest()
        (folder / "start.sh").touch()
        assert sha256(build.pack(made_for, folder).read_bytes()).hexdigest() == once


@pytest.mark.prove
def test_building_the_same_twice_gives_the_same_bytes(archive: Path, pip: str, tmp_path: Path) -> None:
    again = build.build(pip, HERE, tmp_path, (MINE,))
    assert sha256(again.read_bytes()).hexdigest() == sha256(archive.read_bytes()).hexdigest()


def test_the_windows_start_file_is_plain_letters_with_windows_line_ends(tmp_path: Path) -> None:
    made_for = build.PLATFORMS["windows-x64"]
    build._write_program(made_for, ("3.11",), tmp_path)
    batch = (tmp_path / "启动.bat").read_bytes()
    assert batch.isascii()
    assert batch.count(b"\n") == batch.count(b"\r\n") > 10
    assert (tmp_path / "program" / "made-for.txt").read_text("utf-8") == "win32 amd64 3.11\n"


@pytest.mark.prove
@pytest.mark.parametrize("key", build.PLATFORMS)
def test_every_platform_gets_a_wheel_of_every_line_of_its_lock(key: str, pip: str, tmp_path: Path) -> None:
    made = build.build(pip, key, tmp_path)
    with zipfile.ZipFile(made) if made.suffix == ".zip" else tarfile.open(made) as opened:
        names = opened.namelist() if isinstance(opened, zipfile.ZipFile) else opened.getnames()
    wheels = {name.rpartition("/")[2].partition("-")[0].lower() for name in names if name.endswith(".whl")}
    locked = {line.partition("==")[0] for line in build.lock_for(build.PLATFORMS[key]).splitlines() if "==" in line}
    assert {name.replace("-", "_") for name in locked} | {"luoshi", "pip"} == wheels
