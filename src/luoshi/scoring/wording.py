"""How a criterion turns into points, in one Chinese sentence: the same on the sheet, on the rubric's page and in the manual."""

from decimal import Decimal

from luoshi.scoring.nouns import Item, Marking, Scheme


def rule(one: Item) -> str:
    """What earns the points of a criterion, or loses them."""
    match one.marking:
        case Marking.RATIO:
            return f"{one.start}{one.unit}得0分，{one.target}{one.unit}得满分，按比例计"
        case Marking.BANDS:
            return "；".join(f"满{each.least}{one.unit}得{each.points}分" for each in one.bands)
        case Marking.LEVELS:
            return "；".join(f"{each.label}{each.points}分" for each in one.levels.values())
        case Marking.YES:
            return f"做到得{one.points}分，否则0分"
        case Marking.JUDGED:
            return f"评委在0到{one.points}分之间评定"
        case Marking.DEDUCT:
            return f"每{one.unit}扣{one.each}分，最多扣{one.points}分"
        case Marking.BONUS:
            return f"每{one.unit}加{one.each}分，最多加{one.points}分"
        case _:
            return ""


def effect(scheme: Scheme, one: Item) -> str:
    """What a flag does to the grade; empty for what is no flag."""
    if one.veto:
        return "一票否决，不予通过"
    if one.cap:
        return f"最高定为{scheme.grade(one.cap).label}"
    return f"定级降{one.down}档" if one.down else ""


def panel_rule(scheme: Scheme) -> str:
    """How many judge, and what becomes of their marks."""
    told = f"评委不少于{scheme.judges}人"
    if scheme.trim:
        told += f"，去掉{scheme.trim}个最高分和{scheme.trim}个最低分后取平均"
    return told + "，互不看见评分" if scheme.blind else told


def grade_rule(scheme: Scheme) -> str:
    """From how many points on which grade."""
    return "；".join(f"{one.label} {_least(one.least)}" for one in scheme.grades)


def _least(least: Decimal) -> str:
    return f"≥{least}分" if least else "其余"
