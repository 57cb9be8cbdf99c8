"""The city's house in the test itself and a county's in a process beside it, with files going from one to the other. 演示数据（虚构）."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from luoshi.bureau.exchanges.actions import pack, register, take_up
from luoshi.bureau.exchanges.models import Package
from luoshi.bureau.files.queries import content
from luoshi.bureau.people.models import City
from tests.bureau.apart import ROOT
from tests.bureau.xingzhou import actor

HERE, THERE = "990121", "990102"
"""角阳县, which has no line, and 斗城区, of which nothing may be in its packages."""
DUCHA = actor("ducha")


class Houses:
    """The city's house is the test's own; the county's is another process with another database, folder and keys."""

    def __init__(self, folder: Path, surroundings: dict[str, str]) -> None:
        self.folder, self.surroundings, self._number = folder, surroundings, 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def city(self) -> City:
        return City.objects.get()

    def _asked(self, steps: Sequence[list[Any]]) -> str:
        """The line the process answers with; empty when it died."""
        if self._process is None:
            program, pipe = [sys.executable, "-m", "tests.bureau.county_house"], subprocess.PIPE
            self._process = subprocess.Popen(
                program, stdin=pipe, stdout=pipe, text=True, encoding="utf-8", cwd=ROOT, env=self.surroundings
            )
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(steps) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def county(self, *steps: list[Any]) -> list[Any]:
        """What each step gave in the county's house."""
        line = self._asked(steps)
        assert line, "it died, and says why on standard error"
        return list(json.loads(line))

    def dies(self, *steps: list[Any]) -> bool:
        """Whether the process was killed on the way; the next step starts another."""
        died = not self._asked(steps)
        if died:
            self.close()
        return died

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            with self._process as process, suppress(BrokenPipeError):
                assert process.stdin
                process.stdin.close()
        self._process = None

    def put(self, package: Package) -> str:
        """A package of the city's as a file for the county."""
        assert package.file
        path = self.folder / f"{package.county}-{package.way}-{package.number}.zip"
        path.write_bytes(content(package.file))
        return str(path)

    def pack(self) -> str:
        return self.put(pack(DUCHA, self.city, HERE))

    def take_up(self, path: str) -> Package:
        return take_up(DUCHA, self.city, Path(path).read_bytes(), Path(path).name)

    def up(self, *steps: list[Any]) -> tuple[str, list[Any]]:
        """Steps in the county's house and then its package."""
        self._number += 1
        path = str(self.folder / f"up-{self._number}.zip")
        return path, self.county(*steps, ["send", path])

    def receipt(self) -> str:
        """The newest package down."""
        return self.put(Package.objects.filter(way="down").latest("number"))

    def introduce(self, path: str) -> None:
        """The city registers the county's key, by the fingerprint that was read out."""
        (said,) = self.county(["key"])
        register(DUCHA, self.city, Path(path).read_bytes(), "up.zip", said.upper())
