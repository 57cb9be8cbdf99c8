"""`luoshi procedure`: a procedure that somebody wrote, proved and drawn before it stands in the house."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.commands.shared import refusals_in_four_parts
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.handling.courses import Course

procedure = typer.Typer(no_args_is_help=True, help="办事流程：核对与画图。")


@procedure.callback()
def of_procedures() -> None:
    """办事流程：核对与画图。"""


@procedure.command(name="check")
@refusals_in_four_parts
def check_procedure(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写有流程的 .py 文件")],
    picture: Annotated[Path | None, typer.Option("--picture", help="流程图写到哪个文件，如 流程.svg")] = None,
) -> None:
    """核对一个流程文件：每一状态到得了、出得来，每一栏有人填；只读这一个文件，不登记。"""
    from luoshi.handling.diagrams import svg  # noqa: PLC0415 -- only this command loads them

    for course in _courses(file):
        _tell(course)
        if picture:
            picture.write_text(svg(course), encoding="utf-8")
            typer.echo(f"流程图 {picture}")


def _courses(file: Path) -> "list[Course]":
    """The procedures of a file.

    Raises:
        RefusedError: all that is wrong with it, or nothing in it.
    """
    from luoshi.handling.courses import course  # noqa: PLC0415
    from luoshi.handling.gathering import of_file  # noqa: PLC0415

    rule, fix = "写法见 docs/howto/new-procedure.md", f"请改正 {file.name} 后再核对"
    try:
        found = [course(one) for one in of_file(file)]
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(Finding(file.name, "读不了", f"须为UTF-8的文件：{error}", "请核对文件位置")) from error
    except (TypeError, SyntaxError, NameError, AttributeError, ImportError) as error:
        raise RefusedError(*(Finding(file.name, one, rule, fix) for one in str(error).splitlines())) from error
    if not found:
        raise RefusedError(Finding(file.name, "没有流程", "流程是 Procedure 的一个类", fix))
    return found


def _tell(course: "Course") -> None:
    from luoshi.handling.diagrams import clock_of, ordered, words_of  # noqa: PLC0415

    typer.echo(f"{course.label}：{len(course.places)} 个状态，{len(course.ways)} 步，{len(course.fields)} 栏。")
    for key in ordered(course):
        clock = clock_of(course, key)
        typer.echo(f"{course.places[key].label}{f'（{clock}）' if clock else ''}")
        for way in course.out_of(key):
            typer.echo(f"  {words_of(way)} → {course.places[way.target].label}")
