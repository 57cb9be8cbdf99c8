"""Starting on one's own computer: a port that is free, a folder that can be written, a browser that is not too early."""

import socket
import time
from pathlib import Path

import pytest

from luoshi.bureau.board import starting
from luoshi.words.errors import RefusedError


def _listening() -> socket.socket:
    server = socket.socket()
    server.bind((starting.HERE, 0))
    server.listen()
    return server


def test_a_taken_port_is_passed_over() -> None:
    with _listening() as server:
        taken = server.getsockname()[1]
        assert starting.free_port(taken, taken + 20) > taken


def test_when_every_port_is_taken_the_officer_is_told() -> None:
    with _listening() as server:
        taken = server.getsockname()[1]
        with pytest.raises(RefusedError) as refused:
            starting.free_port(taken, taken)
    assert str(taken) in refused.value.findings[0].where


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        starting.writable(tmp_path / "data")
    assert refused.value.findings[0].where == str(tmp_path / "data")


def test_the_browser_opens_once_the_port_answers_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, recorder = tmp_path / "seen", tmp_path / "browser"
    recorder.write_text(f'#!/bin/sh\necho "$1" > "{seen}"\n', encoding="utf-8")
    recorder.chmod(0o755)
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setenv("BROWSER", f"{recorder} %s")
    with socket.socket() as server:
        server.bind((starting.HERE, 0))
        address = f"http://{starting.HERE}:{server.getsockname()[1]}/"
        waiting = starting.open_when_answering(address, patience=20)
        time.sleep(0.6)
        assert not seen.exists()
        server.listen()
        waiting.join(20)
    until = time.monotonic() + 5
    while not seen.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert seen.read_text("utf-8").strip() == address


def test_a_server_that_never_answers_opens_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setenv("BROWSER", f"touch {seen} %s")
    with _listening() as server:
        port = server.getsockname()[1]
    starting.open_when_answering(f"http://{starting.HERE}:{port}/", patience=0.5).join(5)
    assert not seen.exists()
