"""Why a file is not read, each with what a clerk does next. Nothing here repeats a word of the file."""

from collections.abc import Iterator
from contextlib import contextmanager

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

FILE = "所选文件"
MARKED = "本次选择的文件"
"""Said of a marked file, whose name may be part of what must not be repeated."""
READABLE = "可读 txt、docx、pdf（带文字层）、html、ofd；doc、wps 须装有 LibreOffice"
SAVE_AS = "请用 WPS 或 Word 打开原文件，另存为 docx，再重新上传"


def refuse(what: str, rule: str, remedy: str) -> RefusedError:
    """A refusal of the whole file."""
    return RefusedError(Finding(FILE, what, rule, remedy))


def tell(what: str, rule: str, remedy: str) -> Finding:
    """Something the person should know, although the file was read."""
    return Finding(FILE, what, rule, remedy, Severity.TELLS)


def broken(label: str, remedy: str = "请重新下载，或在原电脑上打开后另存一份，再重新上传") -> RefusedError:
    """The file is cut short or damaged."""
    return refuse(f"{label}已损坏或不完整，无法打开", f"{label}须能完整打开", remedy)


def encrypted(label: str) -> RefusedError:
    """The file asks for a password."""
    return refuse(
        f"{label}设有密码",
        "加密的文件无法阅读，也不保存",
        "请在原软件中取消密码后另存，再重新上传；如因涉密而加密，请勿上传",
    )


def scanned(label: str, pages: int) -> RefusedError:
    """Pictures of pages, no characters."""
    return refuse(
        f"{label}共 {pages} 页，没有文字层（多为扫描件）",
        "只读文字，不识别图像",
        "请取得 Word 或 WPS 原稿；没有原稿的，先用扫描软件识别文字并校对，另存为 docx 再上传",
    )


def overgrown(label: str, limit: str) -> RefusedError:
    """The file would take more memory or time than any plan needs."""
    return refuse(
        f"{label}展开后异常庞大或异常复杂",
        f"{limit}，超过的视为异常文件",
        "请用 WPS 或 Word 打开原文件，只留工作要点的文字，另存为新的 docx，再重新上传",
    )


@contextmanager
def guarded(label: str) -> Iterator[None]:
    """Whatever a parser of foreign bytes throws becomes one sentence: no library's words reach an officer.

    Parsers of untrusted files fail in more ways than their documentation lists, so the net is wide on purpose.
    """
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        raise broken(label) from error
