"""A sealed archive: the same bytes for the same input, and any byte that is changed is named by the script inside."""

import ast
import contextlib
import io
import json
import runpy
import sys
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.bureau.evidence.chain import link
from luoshi.reporting.sealing import Contents, Item, seal
from luoshi.words.provenance import digest
from tests.examples import some

SCRIPT = files("luoshi.reporting").joinpath("verify.py")
FILES = {digest(one): one for one in ("办法（虚构）".encode(), b"%PDF-1.4 list", b"x" * 300)}
GENESIS = "0" * 64


class Verified(NamedTuple):
    code: int
    said: str


def chained(*told: dict[str, object]) -> list[dict[str, object]]:
    links, previous = [], GENESIS
    for number, one in enumerate(told, 1):
        record: dict[str, object] = {
            "number": number,
            "previous": previous,
            "by": "学前丙",
            "login": "xueqian",
            "at": "2021-06-01T08:00:00.000000+00:00",
            **one,
        }
        record["digest"] = previous = link(record)
        links.append(record)
    return links


def attached(file: str, name: str) -> dict[str, object]:
    said = {"kind": "issued", "shows": "办法已印发", "document_number": "星教〔2021〕8号", "page": "", "office": "XQ"}
    return {"act": "attach", "item": 7, "file": file, "name": name, **said}


def item(number: str, links: list[dict[str, object]]) -> Item:
    return Item(7, number, "出台办法", "要点（虚构）", "制发文件", "系统内", (), links, str(links[-1]["digest"]))


def contents(first: Callable[[list[dict[str, object]]], object] = len) -> Contents:
    one, two, three = FILES
    links = chained(
        attached(one, "通知.pdf"),
        {"act": "judge", "piece": 1, "outcome": "accepted", "reason": "", "on": "2021-06-02"},
        attached(two, "通知.pdf"),
        {"act": "withdraw", "piece": 3, "reason": "传错了"},
    )
    first(links)
    items = [item("1.2", links), item("1.3", chained(attached(three, "<名单>.txt")))]
    return Contents("佐证材料（虚构）", items, f"9:{GENESIS}", {"issued": "印发的文件"}, made_up=True)


def sealed(told: Contents) -> tuple[bytes, str]:
    made = io.BytesIO()
    printed = seal(told, FILES.__getitem__, made)
    return made.getvalue(), printed


@pytest.fixture(scope="module")
def verify(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Verified]:
    """The script as a person runs it."""
    place = tmp_path_factory.mktemp("archive") / "封存包.zip"

    def run(archive: bytes, *printed: str) -> Verified:
        place.write_bytes(archive)
        said, before = io.StringIO(), sys.argv
        sys.argv = ["verify.py", str(place), *printed]
        try:
            with contextlib.redirect_stdout(said), pytest.raises(SystemExit) as left:
                runpy.run_path(str(SCRIPT), run_name="__main__")
        finally:
            sys.argv = before
        return Verified(int(left.value.code or 0), said.getvalue())

    return run


ARCHIVE, SEAL = sealed(contents())


def rebuilt(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The archive with other members, packed as whoever changed them would: by the same rules."""
    with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as again:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            again.writestr(entry, content)
    return made.getvalue()


def whose() -> list[tuple[int, int, str]]:
    """Where the bytes of every member lie in the archive."""
    with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as packed:
        listed = packed.infolist()
    starts = [(one.header_offset + 30 + len(one.filename.encode()), one) for one in listed]
    return [(start, start + one.file_size, one.filename) for start, one in starts]


def test_the_same_input_gives_the_same_bytes_and_the_script_finds_nothing(verify) -> None:
    assert sealed(contents()) == (ARCHIVE, SEAL)
    assert verify(ARCHIVE) == Verified(0, "核验无误；没有给出印出的封签，整包重做的看不出来。\n")
    assert verify(ARCHIVE, SEAL) == Verified(0, "核验无误，与印出的封签一致。\n")
    assert rebuilt(len) == ARCHIVE


def test_the_script_is_fifty_lines_of_old_python_and_the_standard_library() -> None:
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 50
    tree = ast.parse(text, feature_version=(3, 8))
    named = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    assert named <= set(sys.stdlib_module_names)
    assert not any(isinstance(node, ast.ImportFrom | ast.Match) for node in ast.walk(tree))


@settings(max_examples=some(120), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(ARCHIVE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_named(verify, at: int, by: int) -> None:
    _named(verify, at, by)


@pytest.mark.prove
@pytest.mark.parametrize("by", [1, 0x20, 0x80, 0xFF])
def test_every_single_byte_is_named(verify, by: int) -> None:
    for at in range(len(ARCHIVE)):
        _named(verify, at, by)


def _named(verify, at: int, by: int) -> None:
    changed = bytearray(ARCHIVE)
    changed[at] ^= by
    for printed in ((), (SEAL,)):
        told = verify(bytes(changed), *printed)
        assert told.code == 1, (at, by)
        for start, end, name in whose():
            if start <= at < end:
                assert name in told.said, (at, by, told.said)


@settings(max_examples=some(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(ARCHIVE) - 1))
def test_an_archive_cut_short_or_lengthened_is_named(verify, at: int) -> None:
    assert verify(ARCHIVE[:at], SEAL).code == 1
    assert verify(ARCHIVE + ARCHIVE[: at + 1], SEAL).code == 1
    assert verify(b"x" + ARCHIVE, SEAL).code == 1


ONE = "files/" + next(iter(FILES))


@pytest.mark.parametrize(
    ("change", "saying"),
    [
        (lambda members: members.update({ONE: b"other"}), f"{ONE}：内容被改动或损坏"),
        (lambda members: members.pop(ONE), f"{ONE}：清单有，包内缺失"),
        (lambda members: members.update({"files/z": b"more"}), "files/z：清单没有，包内多出"),
        (lambda members: members.update({"verify.py": b"print('ok')"}), "verify.py：内容被改动"),
        (lambda members: members.update({"SEAL": GENESIS.encode()}), "SEAL：内容被改动"),
        (lambda members: members.update({ONE: members.pop(ONE)}), "压缩包：封存后被重新打包、改了次序"),
        (lambda members: members.update({"manifest.json": b"{}"}), "manifest.json 读不下去"),
    ],
)
def test_what_was_changed_is_said_in_chinese(verify, change, saying: str) -> None:
    told = verify(rebuilt(change))
    assert told.code == 1
    assert saying in told.said


def _swapped(links: list[dict[str, object]]) -> None:
    links[1], links[2] = links[2], links[1]


@pytest.mark.parametrize(
    ("first", "saying"),
    [
        (lambda links: links[0].update(shows="别的"), "事项 1.2 第 1 条：内容被改动"),
        (lambda links: links[1].update(outcome="returned"), "事项 1.2 第 2 条：内容被改动"),
        (lambda links: links.pop(1), "事项 1.2 第 2 条：缺失、多出或次序被改动"),
        (_swapped, "事项 1.2 第 2 条：缺失、多出或次序被改动"),
    ],
)
def test_a_chain_that_does_not_hold_is_named_even_under_a_new_seal(verify, first, saying: str) -> None:
    archive, printed = sealed(contents(first))
    told = verify(archive)
    assert told.code == 1
    assert saying in told.said
    assert printed != SEAL
    assert "与封签不符" in verify(archive, SEAL).said


def test_a_tail_cut_off_is_named(verify) -> None:
    told = contents()
    short = Item(
        *[getattr(told.items[0], name) for name in Item.__dataclass_fields__][:7],
        told.items[0].chain[:-1],
        told.items[0].end,
    )
    archive, _ = sealed(Contents(told.title, [short, told.items[1]], told.journal, told.papers))
    assert "事项 1.2：链尾缺失或被改动" in verify(archive).said


def test_whoever_rewrites_everything_is_only_found_by_the_printed_seal(verify) -> None:
    def other(links: list[dict[str, object]]) -> None:
        told = {name: links[0][name] for name in links[0] if name not in {"number", "previous", "digest"}}
        links[:] = chained({**told, "shows": "改写的内容"})

    forged, printed = sealed(contents(other))
    assert verify(forged).code == 0
    assert verify(forged, SEAL).code == 1
    assert "与封签不符" in verify(forged, SEAL).said
    assert printed != SEAL


def test_the_listing_shows_names_as_words_never_as_markup() -> None:
    with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as packed:
        page = packed.read("index.html").decode()
        manifest = json.loads(packed.read("manifest.json"))
    assert "&lt;名单&gt;.txt" in page
    assert "<名单>" not in page
    assert "演示数据（虚构）" in page
    assert "能改写全部内容的人也能重算全部摘要" in page
    assert [one["number"] for one in manifest["items"]] == ["1.2", "1.3"]
    assert Path(SCRIPT.name).name == "verify.py"
