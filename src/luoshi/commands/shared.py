"""What every command shares: how a refusal is printed, how a file is read, in which shape a result comes."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import typer

from luoshi import telling
from luoshi.reading.documents import LARGEST
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.bureau.people.models import City

P = ParamSpec("P")
UNREADABLE = 2
"""Exit code of a refusal."""


class Shape(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"


def refusals_in_four_parts(command: Callable[P, None]) -> Callable[P, None]:
    """A refusal is printed in four lines and ends with code 2; no traceback reaches anybody."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RefusedError as refusal:
            telling.print_refusal(refusal)
            raise typer.Exit(UNREADABLE) from refusal
        except typer.Exit:
            raise
        except Exception as error:
            if os.environ.get("LUOSHI_TRACEBACK"):
                raise
            telling.print_refusal(_unforeseen(error))
            raise typer.Exit(UNREADABLE) from error

    return wrapped


def _unforeseen(error: Exception) -> RefusedError:
    """A defect of ours, told as such; its place is named so that it can be reported, its traceback stays with us."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name} 第{frames[-1].lineno}行" if frames else "——"
    return RefusedError(
        Finding(
            f"程序内部（{place}）",
            f"遇到没有预料的情况（{type(error).__name__}）",
            "程序应当能办完或说明为什么不办",
            "数据没有改动；请把这几行连同所用文件交系统维护人员，设 LUOSHI_TRACEBACK=1 再运行可得详情",
        )
    )


def content_of(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file, or of standard input for "-"; never more than `largest` and one."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(largest + 1)
        with path.open("rb") as opened:
            return opened.read(largest + 1)
    except OSError as error:
        what = "没有这个文件" if not path.exists() else "文件打不开"
        finding = Finding(str(path), what, "须给出一个可读的文件", "请检查路径和权限，再运行一次")
        raise RefusedError(finding) from error


def own_values(words: Sequence[str]) -> dict[str, Decimal]:
    """The bureau's own values of parameters, as 参数=值.

    Raises:
        RefusedError: one is written in another way.
    """
    told = dict[str, Decimal]()
    for one in words:
        key, _, value = one.partition("=")
        try:
            told[key.strip()] = Decimal(value.strip())
        except InvalidOperation as error:
            raise RefusedError(
                Finding("--set", f"“{one}”读不懂", "写成 参数=值", "例如 --set large_class=56")
            ) from error
    return told


def website(*, demo: bool = False) -> None:
    """Make the website's settings known; only the commands that need it pay for it."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.bureau.settings")
    if demo:
        os.environ["LUOSHI_DEMO"] = "1"
    django.setup()


def city_here() -> "City":
    """The city that the house works for; the website's settings are known.

    Raises:
        RefusedError: none was founded in this house.
    """
    from luoshi.bureau.plans.queries import the_city  # noqa: PLC0415 -- models need settings

    city = the_city()
    if city is None:
        rule = "数据在 LUOSHI_HOME 文件夹或 DATABASE_URL 指定的数据库"
        raise RefusedError(Finding("LUOSHI_HOME", "这里还没有建立本市", rule, "请核对 LUOSHI_HOME，再运行一次"))
    return city
