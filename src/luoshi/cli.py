"""The commands. Arguments in, an engine's call, its result out."""

import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

from luoshi import telling
from luoshi.declared import FOOTINGS, INDICATORS, POOLS
from luoshi.reading import read as read_file
from luoshi.reading.city import load
from luoshi.reading.documents import LARGEST
from luoshi.reading.documents.libreoffice import converter
from luoshi.tracking import Day, ask, by_indicator, stand
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
P = ParamSpec("P")
UNREADABLE = 2


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

    return wrapped


def content_of(path: Path) -> bytes:
    """The bytes of a file, or of standard input for "-"; never more than a plan may have and one."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        what = "没有这个文件" if not path.exists() else "文件打不开"
        finding = Finding(str(path), what, "须给出一个可读的文件", "请检查路径和权限，再运行一次")
        raise RefusedError(finding) from error


@app.callback()
def luoshi() -> None:
    """落实：读工作要点，立督查台账，说清每一项承诺兑现得怎样、凭什么这样说。"""


@app.command()
@refusals_in_four_parts
def read(
    plan: Annotated[Path, typer.Argument(help="要点文件：txt、docx、pdf、html、ofd；- 为标准输入")],
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
    weak: Annotated[bool, typer.Option("--weak", help="只列照原文谁也无法核验的承诺")] = False,  # noqa: FBT002
) -> None:
    """读一份工作要点：条目、承诺、目标值，各有原文位置。"""
    told = read_file(content_of(plan), indicators=INDICATORS, office=converter())
    if form is Shape.JSON:
        sys.stdout.write(telling.as_json(told) + "\n")
    elif weak:
        telling.print_weak(told)
    else:
        telling.print_plan(told)


@app.command()
@refusals_in_four_parts
def judge(
    city: Annotated[Path, typer.Argument(help="一个市的文件夹，如 cities/luoyang")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="截至哪一天")],
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
) -> None:
    """在某一天，要点里每个目标值的数据状态，因为什么。"""
    folder = load(city)
    plan = read_file(content_of(folder.plan), indicators=INDICATORS, office=converter())
    begun = folder.begun or plan.begun or on.date()
    keyed = {indicator.key: indicator for indicator in INDICATORS}
    day = Day(on.date(), begun, keyed, by_indicator(folder.figures), POOLS, FOOTINGS)
    day = ask(day, [target for one in plan.commitments for target in one.targets])
    stood = [(one, target, stand(day, target, one.kind)) for one in plan.commitments for target in one.targets]
    if form is Shape.JSON:
        sys.stdout.write(telling.standing_as_json(stood) + "\n")
    else:
        telling.print_standing(plan, stood)


def main() -> None:
    """The entry of the command."""
    app()
