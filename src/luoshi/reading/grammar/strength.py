"""How hard a clause binds: 力争, 努力 and their kin are 预期性."""

import re

from luoshi.spine import Strength

_SOFT = re.compile(
    r"力争|争取|努力|尽量|尽可能|预期|预计|左右|上下|大体|基本(?!养老|医疗|公共|建设|均衡|办学|条件)|逐步|探索|鼓励|有条件"
)


def strength(clause: str) -> Strength:
    """约束性 unless a soft word stands in the clause."""
    return Strength.ASPIRATIONAL if _SOFT.search(clause) else Strength.BINDING
