"""What went wrong, as it is kept with a job or a round: lists of where, what, rule, remedy."""

import os
import sys
import traceback
from pathlib import Path

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def kept(error: Exception) -> list[list[str]]:
    """The findings of a refusal; of anything else one finding that names its place, so that it can be reported."""
    found = error.findings if isinstance(error, RefusedError) else (_unforeseen(error),)
    return [[one.where, one.what, one.rule, one.remedy] for one in found]


def told(findings: list[list[str]]) -> list[Finding]:
    """The same as findings, for a page."""
    return [Finding(where, what, rule, remedy) for where, what, rule, remedy in findings]


def _unforeseen(error: Exception) -> Finding:
    if os.environ.get("LUOSHI_TRACEBACK"):
        traceback.print_exception(error, file=sys.stderr)
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name} 第{frames[-1].lineno}行" if frames else "——"
    return Finding(
        f"程序内部（{place}）",
        f"遇到没有预料的情况（{type(error).__name__}）",
        "程序应当能办完或说明为什么不办",
        "已办的部分都在，可以“继续办理”；再不成，请把这几行交系统维护人员，设 LUOSHI_TRACEBACK=1 可得详情",
    )
