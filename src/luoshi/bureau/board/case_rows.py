"""Cases and entries of lists as rows of a table that leaves the house: what tells of a person is not among them."""

from datetime import date

from django.utils.translation import gettext as _

from luoshi.bureau.board.case_told import units_of
from luoshi.bureau.cases import queries
from luoshi.bureau.cases.listing import Sought, entries_of, standing_of
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.handling.registers import Register, Standing

MOST = 5000
"""Lines of one table."""


def cases_table(actor: Actor, city: City, asked: queries.Asked) -> tuple[list[list[object]], bool]:
    """The cases somebody looked for, the newest first, and whether that is all of them."""
    found, names = queries.search(actor, city.pk, asked, MOST), units_of(city)
    heads = [
        _("编号"), _("流程"), _("名称"), _("状态"), _("登记"), _("期限"), _("办结"), _("曾逾期"), _("县(市、区)"), _("主办科室"),
        _("承办单位"), _("类别"),
    ]  # fmt: skip
    told: list[list[object]] = [list(heads)]
    for row in queries.seen(actor, found.rows):
        course = queries.course_of(row)
        theme = course.fields[course.theme].options.get(row.theme, row.theme) if course.theme else ""
        told.append([
            row.number, course.label, row.title, course.places[row.state].label, row.opened_on, row.due or "",
            row.ended_on or "", _("是") if row.late else "", names.get(row.county, ""), names.get(row.office, row.office),
            names.get(row.handler, row.handler), theme,
        ])  # fmt: skip
    return told, found.on is None


def register_table(
    actor: Actor, city: City, of: type[Register], on: date, how: str = "", before: int | None = None
) -> list[list[object]]:
    """The entries of a list somebody may see, the newest first."""
    fields = [one for one in of.fields.values() if not one.private and one is not of.title]
    names, page = units_of(city), entries_of(actor, city, of, on, Sought(how=how, before=before), MOST)
    said = {
        Standing.AHEAD: _("未生效"), Standing.VALID: _("有效"), Standing.NEAR: _("临近到期"), Standing.LAPSED: _("已到期"),
        Standing.WITHDRAWN: _("已撤销"),
    }  # fmt: skip
    told: list[list[object]] = [
        [_("名称"), _("县(市、区)"), *(one.label for one in fields), _("起"), _("止"), _("状态"), _("依据的办件")]
    ]
    for row in page.rows:
        values = [one.options.get(value := row.values.get(one.key, ""), value) for one in fields]
        until = row.until or _("长期")
        told.append(
            [row.title, names.get(row.county, ""), *values, row.since, until, said[standing_of(row, on)], row.by.number]
        )
    return told
