"""个人信息清单: what is kept about persons, declared field by field with class, purpose, basis, term and who may see it whole."""

from dataclasses import dataclass
from enum import StrEnum


class Class(StrEnum):
    """敏感类别, as domain §21 names them; the first three are not sensitive by themselves."""

    NAME = "姓名职务"
    CONTACT = "联系方式"
    TRACE = "登录与操作痕迹"
    CODE = "不可还原的个人代号"
    MINOR = "未成年人信息"
    HEALTH = "健康、视力"
    DISABILITY = "残疾"
    POVERTY = "贫困、资助"
    PAPERS = "来文与扫描件中的个人信息"
    IDENTITY = "证件号码"


class Kept(StrEnum):
    """How it lies."""

    NOT = "读入即丢弃，不保存"
    PLAIN = "明文，按权限查看"
    COLUMN = "字段加密（密钥在库外）"
    FILE = "文件加密（密钥在库外）"
    PARTITION = "分区加密（一个分区一个密钥）"


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One field, or fields of one table that are alike."""

    table: str
    """A table of the database as app.Model, "lake." and the key of a return, or "files"."""
    fields: tuple[str, ...]
    """Names of columns."""
    label: str
    of: Class
    purpose: str
    basis: str
    """Which duty or law."""
    term: str
    """How long, in words."""
    kept: Kept
    shown: str
    """How it is shown, and who sees it whole."""


@dataclass(frozen=True, slots=True)
class Retention:
    """保存期限: how long rows of persons of a return are kept after their period."""

    of: str
    """Key of the return."""
    years: int
    """Whole years after the year the period begins in."""
    because: str
    doubt: str = ""

    def until(self, period: str) -> int:
        """The last calendar year in which they are kept, for a period written as 2020 or 2020-1."""
        return int(period[:4]) + self.years
