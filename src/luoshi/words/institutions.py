"""Schools, kindergartens and campuses as units: their codes, what 办学类型 says of class and stages, and when it was so."""

from dataclasses import dataclass
from datetime import date

from luoshi.words.divisions import Division
from luoshi.words.identifiers import school_code

IMAGINARY = "99"
"""Stands where a province would in codes of the made-up city."""
CLASSES_OF = {
    **dict.fromkeys(("111",), ("11",)),
    **dict.fromkeys(("211", "218"), ("21",)),
    "311": ("31",),
    "312": ("31", "21"),
    "321": ("32",),
    "341": ("34", "31"),
    "342": ("34",),
    "345": ("34", "31", "21"),
    **dict.fromkeys(("361", "362", "363", "364", "365", "366"), ("36",)),
    "371": ("37",),
    **dict.fromkeys(("511", "512", "513", "514"), ("51",)),
}
"""By 办学类型 (GB/T 33782-2017 表4): the classes a code of its own may begin with; a school of several stages has the class of one
of them, and no source was seen that says of which. Attached classes belong to a host of any class."""
STAGES_OF = {
    **dict.fromkeys(("111", "119"), ("preschool",)),
    **dict.fromkeys(("211", "218", "219"), ("primary",)),
    **dict.fromkeys(("311", "319", "321", "329"), ("junior",)),
    "312": ("primary", "junior"),
    "341": ("junior", "senior"),
    "342": ("senior",),
    "345": ("primary", "junior", "senior"),
    "349": ("senior",),
    **dict.fromkeys(("361", "362", "363", "364", "365", "366", "368"), ("vocational",)),
    "371": ("junior",),
    **dict.fromkeys(("511", "512", "513", "514", "519"), ("special",)),
}
"""By 办学类型: the stages it may teach. 小学校数 leaves out 218."""
HOSTED = frozenset(("119", "218", "219", "319", "329", "349", "368", "519"))
"""办学类型 of what belongs to a host school: teaching points and attached classes."""


@dataclass(frozen=True, slots=True)
class Institution:
    """One school, kindergarten, teaching point or campus, in one period."""

    code: str
    """学校（机构）标识码 of 10 digits; of a campus that of its school with a dash and a number, for it has none of its own."""
    name: str
    kind: str
    """办学类型."""
    operator: str = ""
    """public, private, or "" where nobody says."""
    county: str = ""
    township: str = ""
    """12 digits; empty where nobody says."""
    host: str = ""
    """Code of the school it belongs to."""
    begun: date | None = None
    until: date | None = None
    longitude: float | None = None
    latitude: float | None = None

    def stands(self, on: date) -> bool:
        """Whether it is there on a day."""
        return (self.begun is None or self.begun <= on) and (self.until is None or on <= self.until)


def code_fault(code: str) -> str:
    """Why it is no 学校（机构）标识码, in Chinese; empty when it is one. There is no check digit. A campus's dash is looked behind."""
    school, dash, campus = code.partition("-")
    taken = school_code(school)
    if taken is None:
        return "不是10位数字"
    if not taken.kind:
        return f"前两位 {school[:2]} 不是机构类别"
    if not taken.province and school[2:4] != IMAGINARY:
        return f"第3、4位 {school[2:4]} 不是省级代码"
    if dash and not (campus.isdecimal() and len(campus) <= 2):  # noqa: PLR2004  # 99 campuses at most
        return "校区写成“标识码-序号”，如 2141000123-1"
    return ""


def contradiction(code: str, kind: str) -> tuple[str, ...]:
    """The classes a code would begin with by 办学类型, where it begins with another; none where they agree or nobody can say."""
    wanted = CLASSES_OF.get(kind, ())
    return () if code[:2] in wanted else wanted


def as_period(one: Institution) -> Division:
    """Its name and days alone: all that succession asks for."""
    return Division(one.code, one.name, "other", begun=one.begun, until=one.until)
