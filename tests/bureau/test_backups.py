"""Backups: what is in one, what is refused, and that every changed byte is seen."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.bureau.backups.archive import FORMAT, Archive, Packing
from luoshi.bureau.backups.taking import named, of_folder, take, thin
from luoshi.cli import app
from luoshi.words.errors import RefusedError
from tests.bureau.apart import ROOT, asked, house

pytestmark = pytest.mark.xdist_group("backups")  # one house and one backup for all of them
OWN = {
    "boundaries.json": '{"number": "星S(2021)1号（虚构）", "height": 1, "shapes": []}'.encode(),
    "layouts/layouts.csv": b"file,return\r\n",
    "cities/xingzhou/parameters.csv": "大班额,56\r\n".encode(),
}
"""What a bureau laid into its folder beside database, files and lake."""
PARTS = ("位置", "情况", "规则", "处理")


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A house with one piece of evidence."""
    home = tmp_path_factory.mktemp("home")
    with house(home, "backed") as told:
        made = "import django; django.setup()\nfrom tests.bureau.laden import prepare\nprepare(1, 1)\n"
        subprocess.run([sys.executable, "-c", made], cwd=ROOT, env=told, check=True)
        for name, content in OWN.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(content)
        yield told


@pytest.fixture(scope="module")
def backup(surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, the key within."""
    out = tmp_path_factory.mktemp("backups") / "one.zip"
    done = _luoshi(surroundings, "backup", "--out", str(out), "--with-key")
    assert done.returncode == 0, done.stdout
    assert "含签名密钥" in done.stdout
    return out


def _luoshi(surroundings: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "luoshi", *words]
    told, out = subprocess.PIPE, subprocess.STDOUT
    return subprocess.run(command, cwd=ROOT, env=surroundings, stdout=told, stderr=out, text=True, check=False)


def _check(path: Path) -> str:
    """What `restore --check` prints; a refusal has its four parts and says that nothing was done."""
    told = CliRunner().invoke(app, ["restore", str(path), "--check"])
    if told.exit_code == 0:
        return told.output
    assert told.exit_code == 2, told.output
    assert all(part in told.output for part in PARTS)
    return f"refused {told.output}"


def test_a_backup_says_what_is_in_it_and_its_key_only_where_it_was_asked_for(
    surroundings: dict[str, str], backup: Path
) -> None:
    assert "备份完好：星州市" in _check(backup)
    archive = Archive(backup)
    told = archive.manifest
    ((entries,),) = asked(surroundings, "SELECT COUNT(*) FROM journal_entry WHERE action <> 'backups.take'")
    assert told["tables"]["journal_entry"]["rows"] == entries
    assert told["journal"].startswith(f"{entries}:")
    assert told["missing"] == []
    assert "secret.key" in archive.members
    assert not any("keys" in name for name in archive.members)
    assert sum(name.startswith("files/") for name in archive.members) == 1
    ((detail,),) = asked(
        surroundings, "SELECT detail FROM journal_entry WHERE action = 'backups.take' ORDER BY number LIMIT 1"
    )
    assert json.loads(str(detail))["seal"] == archive.seal


def test_the_restored_house_is_the_same_and_says_that_it_was_restored(
    surroundings: dict[str, str], backup: Path, tmp_path: Path
) -> None:
    with house(tmp_path / "new", "renewed") as new:
        address = [] if new["DATABASE_URL"].startswith("sqlite") else [new["DATABASE_URL"]]
        done = _luoshi(surroundings, "restore", str(backup), "--home", new["LUOSHI_HOME"], *address)
        assert done.returncode == 0, done.stdout
        question = "SELECT id, decision, version FROM plans_proposal ORDER BY id"
        assert asked(new, question) == asked(surroundings, question)
        assert (tmp_path / "new" / "secret.key").read_text() == (
            Path(surroundings["LUOSHI_HOME"]) / "secret.key"
        ).read_text()
        assert {name: (tmp_path / "new" / name).read_bytes() for name in OWN} == OWN
        assert asked(new, "SELECT action FROM journal_entry ORDER BY number DESC LIMIT 1") == [("backups.restore",)]
        again = CliRunner().invoke(app, ["restore", str(backup), "--home", new["LUOSHI_HOME"]])
        assert again.exit_code == 2
        assert "不是空的" in again.output
        if address:
            onto = _luoshi(surroundings, "restore", str(backup), "--home", str(tmp_path / "other"), *address)
            assert "已有" in onto.stdout
            assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("times", [60, pytest.param(1000, marks=pytest.mark.prove)])
def test_every_changed_byte_is_refused(backup: Path, tmp_path: Path, times: int) -> None:
    whole, chance = backup.read_bytes(), random.Random(times)
    spoiled = tmp_path / "spoiled.zip"
    for _ in range(times):
        at = chance.randrange(len(whole))
        spoiled.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        assert _check(spoiled).startswith("refused"), at


@pytest.mark.parametrize("left", [0, 1, 100, 0.5, -1, -64, -200])
def test_a_cut_backup_is_refused(backup: Path, tmp_path: Path, left: float) -> None:
    whole = backup.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: int(left * len(whole)) if isinstance(left, float) else left])
    assert _check(cut).startswith("refused")


def _rewritten(backup: Path, out: Path, change: Callable[[dict[str, object]], None], *, more: str = "") -> Path:
    """A file made as a backup is, with another manifest."""
    old, packing = Archive(backup), Packing(out)
    for name in old.members:
        packing.add(name, list(old.pieces(name)))
    told = {name: value for name, value in old.manifest.items() if name not in {"format", "version", "files"}}
    change(told)
    if more:
        packing.add(more, [b"x"])
    packing.seal(told)
    return out


@pytest.mark.parametrize("name", ["boundaries.json/x", "layouts/../../x", "layouts", "own/x.csv", "cities/a:b/c"])
def test_what_is_laid_elsewhere_is_no_part_of_a_backup(backup: Path, tmp_path: Path, name: str) -> None:
    assert "路径不合" in _check(_rewritten(backup, tmp_path / "astray.zip", lambda told: None, more=name))


def test_a_backup_of_the_first_format_is_still_read(backup: Path, tmp_path: Path) -> None:
    first = _rewritten(backup, tmp_path / "first.zip", lambda told: told.update(version=1))
    assert "备份完好：星州市" in _check(first)


def test_foreign_newer_and_straying_files_are_refused(
    backup: Path, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    foreign = tmp_path / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as made:
        made.writestr("manifest.json", json.dumps({"format": "another"}))
    assert "这不是落实的备份" in _check(foreign)
    assert "这不是落实的备份" in _check(Path(__file__))
    assert "没有这个文件" in _check(tmp_path / "none.zip")
    later = _rewritten(backup, tmp_path / "later.zip", lambda told: told.update(version=99))
    assert "更新版本的备份" in _check(later)
    straying = _rewritten(backup, tmp_path / "straying.zip", lambda told: None, more="../outside")
    assert "路径" in _check(straying)
    newer = _rewritten(backup, tmp_path / "newer.zip", lambda told: told["migrations"].append("people.0099_later"))  # type: ignore[attr-defined]
    done = _luoshi(surroundings, "restore", str(newer), "--home", str(tmp_path / "newer"))
    assert done.returncode == 2
    assert "people.0099_later" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir() if "newer" in path.name) == ["newer.zip"], (
        "nothing half is left"
    )


@pytest.mark.prove
def test_rows_that_are_not_what_the_manifest_says_are_refused(
    backup: Path, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    def other(told: dict[str, object]) -> None:
        told["tables"]["plans_proposal"]["digest"] = "0" * 64  # type: ignore[index]

    wrong = _rewritten(backup, tmp_path / "wrong.zip", other)
    done = _luoshi(surroundings, "restore", str(wrong), "--home", str(tmp_path / "new"))
    assert done.returncode == 2
    assert "plans_proposal" in done.stdout
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("how", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.prove)])
def test_a_backup_that_is_stopped_leaves_nothing(
    surroundings: dict[str, str], tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-m", "luoshi", "backup", "--out", str(tmp_path / "stopped.zip")]
    running = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while not list(tmp_path.glob(".*.part")) and time.monotonic() < until:
        time.sleep(0.002)
    os.kill(running.pid, how)
    running.communicate()
    assert running.returncode != 0, "it was too fast to be stopped"
    assert list(tmp_path.iterdir()) == []
    assert not (Path(surroundings["LUOSHI_HOME"]) / "making" / "backup").exists()


@pytest.mark.prove
def test_a_damaged_file_does_not_keep_the_rest_from_being_saved(surroundings: dict[str, str], tmp_path: Path) -> None:
    (kept,) = [one for one in (Path(surroundings["LUOSHI_HOME"]) / "files").rglob("*") if one.is_file()]
    whole = kept.read_bytes()
    try:
        kept.write_bytes(whole[:-1])
        done = _luoshi(surroundings, "backup", "--out", str(tmp_path / "damaged.zip"))
    finally:
        kept.write_bytes(whole)
    assert done.returncode == 0
    assert f"注意：文件 {kept.name}" in done.stdout
    assert Archive(tmp_path / "damaged.zip").manifest["missing"] == [kept.name]


def test_of_a_folder_the_newest_stay_and_nothing_else_is_touched(tmp_path: Path) -> None:
    made = [named(tmp_path, "xingzhou", datetime(2021, 1, day, 7, 30, tzinfo=UTC)) for day in range(1, 6)]
    others = [tmp_path / "luoshi-notes.zip", tmp_path / "photos.zip"]
    for path in (*made, *others):
        path.touch()
    assert of_folder(tmp_path) == made[::-1]
    assert thin(tmp_path, 2) == made[2::-1]
    assert sorted(tmp_path.iterdir()) == sorted([*made[3:], *others])


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_text("kept")
    with pytest.raises(RefusedError, match="不覆盖"):
        take(there, at=datetime(2021, 1, 1, tzinfo=UTC))
    assert there.read_text() == "kept"


@pytest.mark.prove
def test_a_drill_is_entered_with_its_figures_and_leaves_no_trace_elsewhere(
    surroundings: dict[str, str], backup: Path
) -> None:
    done = _luoshi(surroundings, "drill", str(backup))
    assert done.returncode == 0, done.stdout
    assert "恢复演练通过" in done.stdout
    said = "SELECT detail FROM journal_entry WHERE action = 'backups.drill' AND outcome = 'done'"
    ((detail,),) = asked(surroundings, said)
    assert json.loads(str(detail))["rows"] > 300
    assert not (Path(surroundings["LUOSHI_HOME"]) / "making" / "try").exists()


@pytest.mark.prove
def test_a_drill_that_fails_is_entered_too(surroundings: dict[str, str], backup: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:-300])
    assert _luoshi(surroundings, "drill", str(cut)).returncode == 2
    said = "SELECT reason FROM journal_entry WHERE action = 'backups.drill' AND outcome = 'refused'"
    ((reason,),) = asked(surroundings, said)
    assert "不完整" in str(reason)


def test_a_file_of_the_format_is_refused_where_its_end_was_never_written(tmp_path: Path) -> None:
    packing = Packing(tmp_path / "half.zip")
    packing.add("tables/one.jsonl", [b"[]\n"])
    packing.give_up()
    with pytest.raises(RefusedError, match="不完整"):
        Archive(tmp_path / "half.zip")
    assert FORMAT == "luoshi-backup"
