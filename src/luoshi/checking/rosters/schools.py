"""Schools by their code, or by their name in the register; between two of one name nobody guesses."""

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE = re.compile(r"[0-9]{10}")
_SHORTEST = 4
"""Characters of a name that may stand for a longer one in the register."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A school that was looked up."""

    code: str | None
    doubt: str = ""
    """Why none was taken."""
    told: str = ""
    """What is to be looked at although one was taken."""


class Register:
    """学校（机构）名录, ready to be asked."""

    def __init__(self, institutions: pl.DataFrame) -> None:
        """Take the rows of `institutions`: school, and what it has of name, county, kind, operator, urban."""
        self.rows: Mapping[str, Mapping[str, object]] = {
            str(row["school"]): row for row in institutions.iter_rows(named=True)
        }
        self._named = dict[str, list[str]]()
        for code, row in self.rows.items():
            if row.get("name"):
                self._named.setdefault(_bare(str(row["name"])), []).append(code)

    def of(self, code: str, column: str) -> str:
        """A cell of the register, "" where there is none."""
        value = self.rows.get(code, {}).get(column)
        return "" if value is None else str(value)

    def find(self, code: str, name: str) -> Resolved:
        """The school of a row.

        Args:
            code: its 标识码, or "".
            name: its name, or "".
        """
        if code:
            return self._by_code(_bare(code).removesuffix(".0"), name)
        if not name:
            return Resolved(None, "没有学校")
        wanted = _bare(name)
        exact = self._named.get(wanted, [])
        if len(exact) == 1:
            return Resolved(exact[0])
        if exact:
            return Resolved(None, f"名录里有{len(exact)}所“{name}”")
        near = [one for said, some in self._named.items() if said.endswith(wanted) for one in some]
        if len(near) == 1 and len(wanted) >= _SHORTEST:
            return Resolved(near[0], told=f"“{name}”按名录中唯一以此结尾的“{self.of(near[0], 'name')}”")
        return Resolved(None, f"名录里没有“{name}”" if not near else f"名录里有{len(near)}所以“{name}”结尾的学校")

    def _by_code(self, code: str, name: str) -> Resolved:
        if not _CODE.fullmatch(code):
            found = self.find("", name) if name else Resolved(None)
            return found if found.code else Resolved(None, "学校标识码不是10位数字，也没有可用的名称")
        if code not in self.rows:
            return Resolved(code, told=f"标识码{code}不在名录中")
        said = self.of(code, "name")
        if name and said and not _bare(said).endswith(_bare(name)) and not _bare(name).endswith(_bare(said)):
            return Resolved(code, told=f"标识码{code}在名录中是“{said}”，文件里是“{name}”，按标识码")
        return Resolved(code)


def _bare(name: str) -> str:
    return re.sub(r"[\s'’\"()\[\]（）·]", "", unicodedata.normalize("NFKC", name))
