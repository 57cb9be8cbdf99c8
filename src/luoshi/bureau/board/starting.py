"""Starting on one's own computer: a folder to keep things in, a free port, a browser once the pages answer."""

import socket
import tempfile
import threading
import time
import webbrowser
from pathlib import Path

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

HERE = "127.0.0.1"
FIRST, LAST = 8000, 8099
"""The ports that are tried, in this order."""
PATIENCE = 60.0
"""Seconds after which a server that does not answer is left to tell its own story."""


def writable(home: Path) -> None:
    """Make the folder where everything is kept.

    Raises:
        RefusedError: nothing can be written there, as on a disc or a share that is for reading only.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise RefusedError(
            Finding(
                str(home),
                "这个文件夹不能写入",
                "数据文件夹须可写，数据库和密钥都在里面",
                "请把整个包复制到可写的磁盘，或用 --home 另指一个文件夹",
            )
        ) from error


def free_port(first: int = FIRST, last: int = LAST) -> int:
    """The first port of this computer that nobody listens on.

    Raises:
        RefusedError: all of them are taken.
    """
    for port in range(first, last + 1):
        if not _answers(port) and _binds(port):
            return port
    raise RefusedError(
        Finding(f"{HERE}:{first}—{last}", "端口都被占用", "须有一个空闲端口", "请关闭不用的程序，再启动一次")
    )


def _binds(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HERE, port))
        except OSError:
            return False
    return True


def _answers(port: int) -> bool:
    # Windows lets two programs bind one port; only asking tells that the first of them is there.
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HERE, port)) == 0


def open_when_answering(address: str, patience: float = PATIENCE) -> threading.Thread:
    """Open the browser at an address as soon as its port answers, never before.

    Args:
        address: `http://127.0.0.1:8000/`.
        patience: seconds to wait; after them no browser is opened.

    Returns:
        The thread that waits, a daemon: it ends with the program.
    """
    port = int(address.rstrip("/").rpartition(":")[2])

    def wait() -> None:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if _answers(port):
                webbrowser.open(address)
                return
            time.sleep(0.2)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    return waiting
