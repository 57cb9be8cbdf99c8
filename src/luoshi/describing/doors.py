"""Who may do what, and who may come to which page: the matrix, made from the tables that the pages themselves ask."""

from luoshi.describing.markdown import code, table

_MARK, _OWN, _NOT = "●", "○", "—"


def page() -> str:
    """Rights by role, and addresses by role."""
    from luoshi.bureau.board.door_shapes import Door  # noqa: PLC0415 -- models want settings first
    from luoshi.bureau.board.doors import DOORS  # noqa: PLC0415
    from luoshi.bureau.board.owners import nobody  # noqa: PLC0415
    from luoshi.bureau.people.models import Role  # noqa: PLC0415
    from luoshi.bureau.people.rights import MAY, roles_of, said_of  # noqa: PLC0415

    roles = [one.value for one in Role]
    heads = [str(one.label) for one in Role]

    def may(wanted: tuple[str, ...]) -> list[str]:
        return [_MARK if not wanted or any(role in roles_of(one) for one in wanted) else _NOT for role in roles]

    def looks(door: Door) -> list[str]:
        own = {"county": door.owner is not None, "school": door.school is not nobody}
        shut = {"school"} if door.school is None else set()
        return [
            _NOT if role in shut else _OWN if own.get(role) and mark == _MARK else mark
            for role, mark in zip(roles, may(door.needs), strict=True)
        ]

    rights = ((code(key), said_of(key), *may((key,))) for key in MAY)
    inside = {name: door for name, door in DOORS.items() if not door.anyone}
    doors = ((code(name), *looks(door), "、".join(map(code, door.by))) for name, door in inside.items())
    return f"""# Rights

Who may do what is declared once, in `people/rights.py`, and who may come to which page once, in `board/doors.py`. The pages, their
disabled buttons, the menu, these tables and [their proof](../../tests/bureau/test_doors.py) come from there. {_MARK} may, {_OWN} may
where it is the own county's or school's matter, {_NOT} may not. To a school every address is closed that does not name schools. A section and its contacts act for what their section leads; what is shown
of an item follows its 知悉范围 besides.

## What each role may do

{table(("right", "in words", *heads), rights)}
## Which address is open to whom

One of the last column's rights is needed to send something there; where it is empty, whoever may look may send.

{table(("address", *heads, "to send"), doors)}
Open without signing in: {"、".join(code(name) for name, door in DOORS.items() if door.anyone)}.
"""
