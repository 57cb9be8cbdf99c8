"""The addresses that teachers may come to: a door that is not named here is closed to every teacher."""

from collections.abc import Mapping

from luoshi.bureau.board import owners
from luoshi.bureau.board.owners import Owner

TEACHERS: Mapping[str, Owner] = {
    **dict.fromkeys(
        ("board", "leave", "own_password", "own_second", "own_second_act", "own_devices", "own_devices_act",
         "messages", "messages_read", "message_read",
         "own_hours", "own_hours_act", "choices", "choices_act", "attend", "courses", "course"),
        owners.nobody,
    ),
    "certificate": owners.teacher_of_credit,
}  # fmt: skip
"""By name of an address that teachers may come to: which teacher's matter it is."""
