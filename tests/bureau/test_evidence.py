"""佐证材料: brought, judged, withdrawn; what is lacking is said, and nothing can be changed unseen."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from typer.testing import CliRunner

from luoshi.bureau.evidence import actions, queries
from luoshi.bureau.evidence.models import Piece, Verdict
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import place
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Proposal
from luoshi.cli import app
from luoshi.reporting import verify
from luoshi.spine import Standing
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.witness import done, refused
from tests.bureau.xingzhou import actor

TEXT = "星州市公办幼儿园管理办法（虚构）".encode()


@pytest.fixture
def rows(proposals: dict[str, Proposal]) -> dict[str, Commitment]:
    """Every item of the plan by its kind; the first of each."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, one.version)
    found: dict[str, Commitment] = {}
    for row in Commitment.objects.select_related("edition__city").order_by("place"):
        found.setdefault(row.kind, row)
    return found


@pytest.fixture
def row(rows: dict[str, Commitment]) -> Commitment:
    """The rule that is to be issued by June."""
    return rows["document"]


def brought(
    row: Commitment, *, number: str = "星教〔2021〕8号（虚构）", kind: str = "issued", login: str = "xueqian"
) -> Piece:
    told = actions.Told("办法.txt", "办法已印发", kind, number)
    return actions.bring(actor(login), row.pk, TEXT, told)


def test_an_issued_paper_with_its_number_is_enough_once_it_is_accepted(row: Commitment) -> None:
    assert queries.gap(row) == ("缺印发的文件，写明文号",)
    with done("evidence.attach"):
        piece = brought(row)
    assert queries.gap(row) == ("缺印发的文件，写明文号（“办法.txt”待核验）",)
    with done("evidence.judge"):
        actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    assert queries.gap(row) == ()
    with done("evidence.withdraw"):
        actions.withdraw(actor("ducha"), piece.pk, "传错了文件")
    assert queries.gap(row) == ("缺印发的文件，写明文号",)
    assert queries.broken(row) is None


def test_the_person_who_brought_it_does_not_judge_it(row: Commitment) -> None:
    piece = brought(row, login="ducha")
    with refused("evidence.judge", "报送人不核验自己的材料"):
        actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    actions.judge(actor("ducha2"), piece.pk, "accepted", "", 0)
    with refused("evidence.judge", "别人刚刚核验过这份材料"):
        actions.judge(actor("ducha2"), piece.pk, "returned", "没有盖章", 0)
    actions.judge(actor("ducha2"), piece.pk, "returned", "没有盖章", 1)
    assert Verdict.objects.count() == 2
    assert queries.gap(row) == ("缺印发的文件，写明文号（“办法.txt”已退回）",)


def test_a_photograph_is_kept_and_is_never_enough(row: Commitment) -> None:
    piece = brought(row, kind="photo")
    actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    assert queries.gap(row) == ("缺印发的文件，写明文号",)


def test_a_paper_without_its_number_is_asked_for_it(row: Commitment) -> None:
    piece = brought(row, number="")
    actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    assert queries.gap(row) == ("缺印发的文件，写明文号（“办法.txt”没有写文号）",)


def test_a_verified_figure_meets_the_first_need_of_a_number(rows: dict[str, Commitment]) -> None:
    rate = Commitment.objects.get(targets__indicator="compulsory_large_class_rate")
    assert len(queries.gap(rate)) == 2
    verified = replace(xingzhou.figure("compulsory_large_class_rate", "2.14", "%"), standing=Standing.VERIFIED)
    add_figures(xingzhou.INSTALLER, rate.edition.city, [verified])
    assert queries.gap(rate) == ("缺一份说明完成情况的文件",)


def test_the_same_file_brought_twice_is_there_once_and_under_two_names_two_pieces(row: Commitment) -> None:
    first = brought(row)
    assert brought(row).pk == first.pk
    other = actions.attach(actor("xueqian"), row.pk, TEXT, "抄件.txt", "办法已印发", "issued")
    assert (other.pk != first.pk, other.file_id) == (True, first.file_id)
    assert [one.name for one in queries.pieces([row.pk])[row.pk]] == ["办法.txt", "抄件.txt"]
    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("login", "saying"),
    [
        ("jijiao", "科室只办理本科室牵头的事项"),
        ("fenguan", "没有这项权限"),
        ("chayue", "没有这项权限"),
        ("guanli", "没有这项权限"),
    ],
)
def test_who_may_not_bring_is_told_why(row: Commitment, login: str, saying: str) -> None:
    with refused("evidence.attach", saying):
        brought(row, login=login)


def test_what_is_for_the_bureau_is_not_there_for_a_county(row: Commitment) -> None:
    Commitment.objects.filter(pk=row.pk).update(audience="bureau")
    with refused("evidence.attach", "没有这一项"):
        brought(row, login="xianqu")


@pytest.mark.parametrize(
    ("content", "name", "saying"),
    [
        (b"MZ\x90\x00", "办法.pdf", "这是程序"),
        (b"<html><script>1</script>", "办法.pdf", "网页、图形或 XML"),
        ("秘密★1年\n关于".encode(), "通知.txt", "非涉密系统"),
        (TEXT, "机密★.txt", "非涉密系统"),
    ],
)
def test_what_is_not_kept_leaves_nothing_but_the_refusal(
    row: Commitment, content: bytes, name: str, saying: str
) -> None:
    with refused("evidence.attach", saying):
        actions.attach(actor("xueqian"), row.pk, content, name, "办法已印发")
    assert not File.objects.exists()


def test_nothing_said_of_what_it_shows_is_refused(row: Commitment) -> None:
    with refused("evidence.attach", "没有写佐证内容"):
        actions.attach(actor("xueqian"), row.pk, TEXT, "办法.txt", " ")


def test_what_was_accepted_is_withdrawn_by_the_supervision_office_only(row: Commitment) -> None:
    piece = brought(row)
    with refused("evidence.withdraw", "没有写理由"):
        actions.withdraw(actor("xueqian"), piece.pk, "")
    actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    with refused("evidence.withdraw", "采信的材料由督查室撤回"):
        actions.withdraw(actor("xueqian"), piece.pk, "误传")
    actions.withdraw(actor("ducha"), piece.pk, "误传")
    with refused("evidence.withdraw", "这份材料已撤回"):
        actions.withdraw(actor("ducha"), piece.pk, "误传")


@pytest.mark.parametrize(
    ("change", "saying"),
    [
        (lambda pieces: pieces[0].update(shows="别的"), "第 1 条：内容与摘要不符"),
        (lambda pieces: pieces[1].update(number=9), "第 2 条：缺这一条"),
        (lambda pieces: pieces[2].delete(), "第 3 条：链尾应为第 3 条，实有 2 条"),
    ],
)
def test_a_row_that_was_changed_under_the_tables_is_named(row: Commitment, change, saying: str) -> None:
    for number in range(3):
        brought(row, number=f"〔2021〕{number}号")
    assert queries.broken(row) is None
    change([Piece.objects.filter(number=number) for number in (1, 2, 3)])
    assert saying in str(queries.broken(row))


def test_the_archive_is_the_same_twice_and_names_a_file_that_was_changed_on_the_disk(
    row: Commitment, tmp_path: Path
) -> None:
    piece = brought(row)
    actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    out, again = tmp_path / "一.zip", tmp_path / "二.zip"
    with done("evidence.export"):
        told = actions.export(xingzhou.INSTALLER, queries.chosen(row.edition_id), out)
    assert actions.export(xingzhou.INSTALLER, queries.chosen(row.edition_id), again) == told
    assert out.read_bytes() == again.read_bytes()
    assert (told.items, told.files) == (Commitment.objects.count(), 1)
    ran = subprocess.run([sys.executable, verify.__file__, str(out), told.seal], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout.decode()) == (0, "核验无误，与印出的封签一致。\n")
    place(piece.file.digest).write_bytes(b"other")
    with refused("evidence.export", "存档的文件缺失或已改动"):
        actions.export(xingzhou.INSTALLER, [row.pk], tmp_path / "三.zip")
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["一.zip", "二.zip"]
    brought(row, number="再报")
    assert actions.export(xingzhou.INSTALLER, [row.pk], again).files == 1


def test_a_broken_chain_is_not_sealed(row: Commitment, tmp_path: Path) -> None:
    brought(row)
    Piece.objects.update(shows="别的")
    with refused("evidence.export", "内容被改过"):
        actions.export(xingzhou.INSTALLER, [row.pk], tmp_path / "a.zip")
    with refused("evidence.export", "没有这样的事项"):
        actions.export(xingzhou.INSTALLER, queries.chosen(number="99.9"), tmp_path / "a.zip")
    with refused("evidence.export", "没有这项权限"):
        actions.export(actor("xueqian"), [row.pk], tmp_path / "a.zip")


def test_the_page_takes_a_file_shows_the_gap_and_gives_the_file_back(row: Commitment, enter: Enter) -> None:
    section, office = enter("xueqian"), enter("ducha")
    sent = SimpleUploadedFile("办法 №8.txt", TEXT)
    told = {
        "file": sent,
        "kind": "issued",
        "shows": "办法已印发",
        "document_number": "星教〔2021〕8号",
        "page": "第1页",
    }
    assert section.post(f"/items/{row.pk}/evidence/", told).status_code == 302
    piece = Piece.objects.get()
    page = office.get(f"/items/{row.pk}/").content.decode()
    for words in ("佐证与缺口", "办法 №8.txt", "待核验", piece.code, "不以拍照留痕", "非涉密系统", "缺印发的文件"):
        assert words in page
    answer = office.post(f"/evidence/{piece.pk}/judge/", {"seen": "0", "outcome": "accepted", "reason": "已核对原件"})
    assert answer.status_code == 302
    page = office.get(f"/items/{row.pk}/").content.decode()
    assert "齐全" in page
    assert "已核对原件" in page
    back = section.get(f"/evidence/{piece.pk}/file/")
    assert back.content == TEXT
    assert back["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert (back["Content-Type"], back["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert section.post(f"/evidence/{piece.pk}/withdraw/", {"reason": "误传"}).status_code == 409
    assert office.post(f"/evidence/{piece.pk}/withdraw/", {"reason": "误传"}).status_code == 302
    assert section.post(f"/items/{row.pk}/evidence/", {"shows": "无"}).status_code == 409


def test_a_picture_is_shown_and_has_a_small_one_a_broken_one_has_none(row: Commitment, enter: Enter) -> None:
    made = io.BytesIO()
    Image.effect_noise((300, 200), 80).save(made, "PNG")
    whole = actions.attach(actor("xueqian"), row.pk, made.getvalue(), "图.png", "平面图", "photo")
    broken = actions.attach(actor("xueqian"), row.pk, made.getvalue()[:-9000], "断.png", "平面图", "photo")
    visitor = enter("xueqian")
    shown, small = visitor.get(f"/evidence/{whole.pk}/file/"), visitor.get(f"/evidence/{whole.pk}/thumbnail/")
    assert shown["Content-Type"] == "image/png"
    assert shown["Content-Disposition"].startswith("inline; ")
    assert small["Content-Type"] == "image/jpeg"
    assert small.content[:3] == b"\xff\xd8\xff"
    assert visitor.get(f"/evidence/{whole.pk}/thumbnail/").content == small.content
    assert visitor.get(f"/evidence/{broken.pk}/thumbnail/").status_code == 404
    assert visitor.get(f"/evidence/{broken.pk}/file/").status_code == 200


def test_whoever_may_not_know_of_the_item_is_told_that_nothing_is_there(row: Commitment, enter: Enter) -> None:
    piece = brought(row)
    Commitment.objects.filter(pk=row.pk).update(audience="leaders")
    for path in ("file", "thumbnail"):
        assert enter("xueqian").get(f"/evidence/{piece.pk}/{path}/").status_code == 404
        assert enter().get(f"/evidence/{piece.pk}/{path}/").status_code == 302
    assert enter("xueqian").post(f"/evidence/{piece.pk}/withdraw/", {"reason": "误传"}).status_code == 404
    assert enter("fenguan").get(f"/evidence/{piece.pk}/file/").status_code == 200


def test_the_command_prints_the_seal_of_what_it_wrote(row: Commitment, tmp_path: Path) -> None:
    brought(row)
    out = tmp_path / "封存包.zip"
    told = CliRunner().invoke(app, ["evidence", "export", "--item", row.number, "--out", str(out)])
    assert told.exit_code == 0, told.output
    with zipfile.ZipFile(out) as packed:
        assert f"封签 {packed.read('SEAL').decode()}" in told.output
    lost = CliRunner().invoke(app, ["evidence", "export", "--item", "99.9", "--out", str(out)])
    assert lost.exit_code == 2
    assert "没有这样的事项" in lost.output
