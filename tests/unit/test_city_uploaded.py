"""A city's folder as it is sent: zipped by whatever the office has, or as loose files; nothing bad is ever written."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from luoshi.reading.uploads import MOST_FILES, load_upload, printed, unpack
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from tests import files

CITY = {
    "city.toml": 'name = "星海市"\nbureau = "星海市教育局"\nimaginary = true\nplan = "工作要点.txt"\n',
    "工作要点.txt": "演示数据（虚构）\n星海市教育局2021年工作要点\n1.学校建设。新建学校3所。\n",
    "offices.csv": "code,name,duties,leads,leader,doubt\nJJ,基础教育科,学校,1,,\n",
}
LOOSE = {name: text.encode() for name, text in CITY.items()}
SECRET = "甲乙丙丁"


def _unflagged(entries: dict[str, bytes], encoding: str) -> bytes:
    """A zip without the flag that says UTF-8, as WinRAR writes it: names are written as ASCII and changed afterwards."""
    made, swaps = io.BytesIO(), []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for order, (name, content) in enumerate(entries.items()):
            raw = name.encode(encoding)
            stand_in = "ABCDEFGH"[order] * len(raw)
            swaps.append((stand_in.encode(), raw))
            opened.writestr(stand_in, content)
    whole = made.getvalue()
    for stand_in, raw in swaps:
        assert whole.count(stand_in) == 2
        whole = whole.replace(stand_in, raw)
    return whole


def _told(sent: dict[str, bytes], folder: Path) -> list[Finding]:
    with pytest.raises(RefusedError) as refusal:
        load_upload(sent, folder)
    findings = list(refusal.value.findings)
    assert all(part.strip() for one in findings for part in (one.where, one.what, one.rule, one.remedy))
    assert not folder.exists()
    return findings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the city shall go: not there yet."""
    return tmp_path / "xinghai"


def test_loose_files_become_a_folder(folder: Path) -> None:
    city = load_upload(LOOSE, folder)
    assert (city.key, city.name, city.plan.name) == ("xinghai", "星海市", "工作要点.txt")
    assert sorted(path.name for path in folder.iterdir()) == sorted(CITY)


def test_the_folders_an_old_browser_sends_along_are_taken_off(folder: Path) -> None:
    sent = {f"C:\\Users\\某人\\桌面\\星海\\{name}": content for name, content in LOOSE.items()}
    assert load_upload(sent, folder).name == "星海市"


@pytest.mark.parametrize(("encoding", "flagged"), [("utf-8", True), ("utf-8", False), ("gb18030", False)])
@pytest.mark.parametrize("around", ["", "星海市资料/"])
def test_a_zip_is_read_whoever_packed_it(folder: Path, encoding: str, flagged: bool, around: str) -> None:  # noqa: FBT001
    entries = {around + name: content for name, content in LOOSE.items()}
    packed = files.packed(entries) if flagged else _unflagged(entries, encoding)
    city = load_upload({"星海.zip": packed}, folder)
    assert city.offices[0].name == "基础教育科"
    assert (folder / "工作要点.txt").read_text("utf-8") == CITY["工作要点.txt"]


def test_backslashes_are_folders_too(folder: Path) -> None:
    packed = _unflagged({f"星海\\{name}": content for name, content in LOOSE.items()}, "gb18030")
    assert load_upload({"a.zip": packed}, folder).name == "星海市"


def test_what_systems_leave_behind_is_passed_over(folder: Path) -> None:
    junk = ("__MACOSX/xinghai/._city.toml", "xinghai/.DS_Store", "xinghai/~$offices.xlsx", "xinghai/Thumbs.db")
    entries = {f"xinghai/{name}": content for name, content in LOOSE.items()} | dict.fromkeys(junk, b"x")
    load_upload({"a.zip": files.packed(entries)}, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(CITY)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "a/../../evil.txt",
        "/etc/evil.txt",
        "C:/evil.txt",
        "sub/evil.txt",
        "evil.exe",
        "evil",
        ".evil.txt",
        "con.txt",
        "e\x01vil.txt",
        "evil.txt.",
        "e?.txt",
        "很" * 101 + ".txt",
        "OFFICES.CSV",
    ],
)
def test_a_name_that_is_not_plain_is_refused_and_nothing_is_written(tmp_path: Path, folder: Path, name: str) -> None:
    (finding,) = _told({"a.zip": files.packed({**LOOSE, name: b"x"})}, folder)
    assert finding.where
    assert list(tmp_path.rglob("*")) == []


def test_findings_of_all_names_and_files_come_at_once(folder: Path) -> None:
    bad = {"evil.exe": b"MZ", "sub/a.txt": b"a", "minutes.pdf": b"%PDF-1.4 cut"}
    assert len(_told({"a.zip": files.packed({**LOOSE, **bad})}, folder)) == 3


def test_findings_of_the_tables_come_after_and_leave_nothing(folder: Path) -> None:
    sent = {**LOOSE, "offices.csv": b"code,name\n", "divisions.csv": b"code\n"}
    assert {one.where.split()[0] for one in _told(sent, folder)} == {"offices.csv", "divisions.csv"}


def _marked_book() -> bytes:
    book = openpyxl.Workbook()
    for row in range(40):
        book.worksheets[0].append([f"第{row}行", SECRET])
    book.worksheets[0]["C30"] = "秘密★1年"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("工作要点.txt", f"秘密★1年\n{SECRET}\n1.新建学校3所。\n".encode()),
        ("offices.csv", f"机密★\n{SECRET},name\n".encode("gb18030")),
        (f"{SECRET}.xlsx", _marked_book()),
        (f"{SECRET}.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "秘密★".encode("utf-16-le")),
        (f"{SECRET}（机密）.csv", b"a"),
    ],
)
def test_a_marked_file_is_refused_unnamed_and_not_kept(tmp_path: Path, folder: Path, name: str, content: bytes) -> None:
    (finding,) = _told({"a.zip": files.packed({**LOOSE, name: content})}, folder)
    assert SECRET not in str(finding)
    assert "密" in finding.what
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    "packed",
    [
        b"PK\x03\x04",
        files.packed(LOOSE)[:-30],
        files.packed({"city.toml": b"0" * (201 << 20)}),
        files.packed({f"{order}.txt": b"a" for order in range(MOST_FILES + 1)}),
        files.packed({f"{order}.txt": b"a" for order in range(5001)}),
        files.packed({"__MACOSX/._a": b"a"}),
        b"Rar!\x1a\x07\x00" + bytes(100),
        b"7z\xbc\xaf\x27\x1c" + bytes(100),
    ],
    ids=["only a sign", "cut short", "a bomb", "too many files", "far too many", "nothing but junk", "rar", "7z"],
)
def test_an_archive_that_may_not_be_opened_says_what_to_do(folder: Path, packed: bytes) -> None:
    assert len(_told({"a.zip": packed}, folder)) == 1


def test_nothing_at_all_is_refused(folder: Path) -> None:
    assert _told({}, folder)
    assert _told({"plan.docx": files.word("星海市教育局2021年工作要点")}, folder)[0].where == "city.toml"


def test_a_folder_in_use_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "kept.txt").write_text("在用", encoding="utf-8")
    with pytest.raises(RefusedError):
        load_upload(LOOSE, folder)
    assert [path.name for path in folder.iterdir()] == ["kept.txt"]


def test_a_whole_zip_cut_anywhere_never_ends_in_anything_but_a_refusal(tmp_path: Path) -> None:
    whole = files.packed(LOOSE)
    for cut in range(0, len(whole), 7):
        with pytest.raises(RefusedError):
            unpack({"a.zip": b"PK\x03\x04" + whole[4:cut]}, tmp_path / str(cut))
    for at in range(0, len(whole), 5):
        with suppress(RefusedError):
            load_upload({"a.zip": whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]}, tmp_path / f"x{at}")


def test_a_name_reads_as_it_was_typed() -> None:
    assert printed("要点.txt".encode("gbk").decode("cp437")) == "要点.txt"
    assert printed("要点.txt".encode().decode("cp437")) == "要点.txt"
    assert printed("要点.txt") == "要点.txt"
    assert printed("plan.txt") == "plan.txt"
