"""Run inside a network of its own that leads nowhere: start a bundle, ask it for a page, stop it, tell what was seen.

    unshare --net python inside.py START_FILE [OPTION ...]

Prints one JSON object: `outside` (whether anything beyond this computer could be reached), `status`, `page`, `said`
(what the start file printed) and `seconds` until the page answered.
"""

import fcntl
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PATIENCE = 90
SET_FLAGS = 0x8914
UP = 1
NOWHERE = ("192.0.2.1", 80)


def lift_loopback() -> None:
    """A new network has its loopback down, and not every machine has the tool that lifts it."""
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sH14s", b"lo", UP, b""))


def reaches_outside() -> bool:
    """Whether there is a way out; without one the system says so at once."""
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(NOWHERE) == 0


def answer(said: Path, running: subprocess.Popen[bytes]) -> tuple[int, str]:
    """The first page that answers at the address that was told."""
    until = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until and running.poll() is None:
        told = re.search(r"http://127\.0\.0\.1:\d+", said.read_text("utf-8"))
        try:
            if told:
                with opener.open(f"{told[0]}/enter/", timeout=10) as page:
                    return page.status, page.read().decode()
        except OSError:
            pass
        time.sleep(0.1)
    return 0, ""


def main() -> None:
    """Start, ask, stop, tell."""
    lift_loopback()
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.txt"
        begun = time.monotonic()
        with said.open("wb") as out:
            running = subprocess.Popen(sys.argv[1:], stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        status, page = answer(said, running)
        seconds = time.monotonic() - begun
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGTERM)
        running.wait(20)
        told = {"outside": reaches_outside(), "status": status, "page": page, "seconds": seconds}
        sys.stdout.write(json.dumps(told | {"said": said.read_text("utf-8")}))


if __name__ == "__main__":
    main()
