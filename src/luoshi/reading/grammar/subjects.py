"""What a number counts, in the plan's own words."""

import re

_MARKS = "，,。；;：:！？!?"
_VERBS = re.compile(
    r"^.*(?:新建、改扩建|新、改、扩建|新（改、扩）建|新增|新建|改扩建|改建|扩建|建设|建成|完成|培育|设立|认定|遴选|招聘|培训|改造|实施|推进|整合|"
    r"确保|力争|努力|保证|争取|实现|使(?!用)|将|把|为|到|对|督促|指导|推动|加快)"
)
_LINKS = re.compile(
    r"(?:达到|达|控制在|稳定在|保持在|提高到|提高至|提升到|提升至|降到|降至|降为|增加到|不低于|不少于|不超过|至少|分别|力争|约|每人每年补助|补助|为|由.*)$"
)


_ACT_ALONE = re.compile(
    r"^(?:计划|力争|拟)?(?:新建|改建|扩建|改扩建|新增|建成|改造|续建|新续建|新（续）建|基本建成|培训|招聘|补助)?$"
)
_BEFORE_PART = re.compile(r"^.*?\d+[\u4e00-\u9fff]{0,2}[、和及]")


def subject(sentence: str, start: int, end: int) -> str:
    """The noun behind a count (50所公办幼儿园), else the noun before a rate (毛入学率达93%), else that of the clause before."""
    after = _behind(sentence, start, end)
    if after:
        return after
    clauses = re.split("[" + _MARKS + "]", sentence[:start])
    bare = _BEFORE_PART.sub("", _LINKS.sub("", clauses[-1]).strip())
    bare = re.sub(r"(?:19|20)\d\d年(?:底|末)?", "", bare).strip("、 ")
    if _ACT_ALONE.match(bare):
        earlier = _without_verbs(clauses[-2].removesuffix("建设")) if len(clauses) > 1 else ""
        return (earlier + bare.removeprefix("计划"))[-60:]
    return _without_verbs(bare)[-60:]


def _behind(sentence: str, start: int, end: int) -> str:
    """The noun behind a counted number; "" behind a share or at a clause's end."""
    if re.search(r"[%‰]$", sentence[start:end]) and not re.match(
        r"(?!以|左右|的|[和及与或])[\u4e00-\u9fff]", sentence[end:]
    ):
        return ""
    after = re.split(r"[、，,。；;：:]|以上|以内|以下|左右|\d", sentence[end:], maxsplit=1)[0].strip()
    return "" if re.match(r"^(?:的(?:转型|目标|任务)?)?$", after) else after[:60].removesuffix("目标").strip()


def _without_verbs(words: str) -> str:
    return (_VERBS.sub("", words) or words).strip("、的 ")
