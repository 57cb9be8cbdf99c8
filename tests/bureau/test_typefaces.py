"""The page of an official text says once and calmly which typefaces the server lacks."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from luoshi.bureau.board import typefaces
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Edition
from tests.bureau import many
from tests.bureau.conftest import Enter

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the program is made of a shell script")
Says = Callable[[str], None]


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Says]:
    """A fontconfig of our own before the machine's, asked anew."""

    def put(script: str) -> None:
        program = tmp_path / "bin" / "fc-list"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\necho asked >> '{tmp_path}/asked'\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
        typefaces.families.cache_clear()

    yield put
    typefaces.families.cache_clear()


@pytest.fixture
def paper(edition: Edition) -> Paper:
    """A notice that is drafted."""
    many.enter_all(edition)
    row = Commitment.objects.filter(edition=edition).earliest("place")
    return Paper.objects.create(
        commitment=row, step="notice", name="督办通知单", month=date(2021, 8, 1), because="欠进度", rule="演示",
        title="关于学位建设的督办通知（演示）", to="学前教育科", words="请反馈。", drafted_on=date(2021, 9, 1),
    )  # fmt: skip


def test_a_text_s_page_names_what_is_lacking_and_asks_once(
    paper: Paper, enter: Enter, says: Says, tmp_path: Path
) -> None:
    says("echo 'FangSong,仿宋'; echo 'SimHei,黑体'; echo 'KaiTi,楷体'")
    client = enter("ducha")
    for _ in range(2):
        page = client.get(f"/escalations/{paper.pk}/").content.decode()
        assert page.count("本机没有安装小标宋字体") == 1
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "asked\n", "once a process"


@pytest.mark.parametrize(
    "script", ["exit 3", "echo 'FZXiaoBiaoSong-B05S'; echo 'FangSong'; echo 'SimHei'; echo 'KaiTi'"]
)
def test_nothing_is_said_where_all_are_there_or_nobody_can_tell(
    paper: Paper, enter: Enter, says: Says, script: str
) -> None:
    says(script)
    answer = enter("ducha").get(f"/escalations/{paper.pk}/")
    assert answer.status_code == 200
    assert "本机没有安装" not in answer.content.decode()


def test_without_fontconfig_nothing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    typefaces.families.cache_clear()
    assert typefaces.families() is None
    assert typefaces.lacking() == ""
    typefaces.families.cache_clear()
