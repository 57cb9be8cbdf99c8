"""How hard a clause binds: 力争, 努力 and their kin are 预期性."""

import re

from luoshi.spine import Strength

_WISH = "力争|争取|努力|尽量|尽可能|尽力|有望|预期|预计"
_ABOUT = "左右|上下|大体|大致"
_SLOWLY = "逐步|探索|鼓励|有条件"
_MOSTLY = "基本(?!养老|医疗|公共|建设|均衡|办学|条件|医保|药物|农田|生活|民生|情况|国情|原则|功|工资|草原|单元|保险)"
_SOFT = re.compile(f"{_WISH}|{_ABOUT}|{_SLOWLY}|{_MOSTLY}")


def strength(clause: str) -> Strength:
    """约束性 unless a soft word stands in the clause."""
    return Strength.ASPIRATIONAL if _SOFT.search(clause) else Strength.BINDING
