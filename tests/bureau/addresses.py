"""Addresses of the house, filled with what is one county's, school's or teacher's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.bureau.urls import urlpatterns

ROUTES = {str(one.name): str(one.pattern) for one in urlpatterns}


@dataclass(frozen=True, slots=True)
class Side:
    """The parts of addresses, filled with what is one county's."""

    county: str
    ids: Mapping[str, int]
    """By kind of thing; what is nobody's alone is the same on both sides."""
    school: str
    """Code of a school of the county."""

    def address(self, name: str) -> str:
        """An address with this county's things in it."""
        return "/" + re.sub(r"<(\w+):(\w+)>", lambda part: self._part(name, part[1], part[2]), ROUTES[name])

    def _part(self, name: str, form: str, part: str) -> str:
        if form == "int":
            kinds = (kind for kind in self.ids if name == kind or name.startswith(f"{kind}_"))
            return str(self.ids[max(kinds, key=len, default="")])
        if part == "code" and name in {"return_unit", "return_unit_act", "return_school", "school", "risk_sheet"}:
            return self.school
        if name in {"journal_history", "unmask"} and part in {"kind", "key"}:
            return {"kind": "commitment" if name == "journal_history" else "item", "key": str(self.ids["item"])}[part]
        if name.startswith(("case_new", "procedure")) and part in {"procedure", "key"}:
            return "petition"
        told = {
            "act": "accept",
            "digest": "0" * 64,
            "form": "docx",
            "secret": "x",
            "kind": "scan",
            "name": "1",
            "rest": "divisions",
        }
        told |= {
            "key": {
                "parameter": "class_most",
                "register": "fire_equipment",
                "training": "national",
                "training_act": "national",
            }.get(name, "compulsory_large_class_rate"),
            "measure": "large_classes",
        }
        return told.get(part, self.county)
