"""Who may come to the pages of trainings."""

from collections.abc import Mapping

from luoshi.bureau.board import owners
from luoshi.bureau.board.door_shapes import Door, everybody, needing

TRAINING_DOORS: Mapping[str, Door] = {
    "certificates": everybody(),
    **dict.fromkeys(("own_hours", "own_hours_act", "choices", "choices_act", "attend"), needing("own_training")),
    **dict.fromkeys(("courses", "course"), needing("courses")),
    "course_act": needing("courses", by=["training_send", "training_review", "training_session"]),
    "course_new": needing("training_send"),
    "certificate": needing("own_training", "trainings", owner=owners.of_credit),
    **dict.fromkeys(
        ("trainings", "training", "hours_owed", "teachers", "term", "sessions", "session", "rotation", "rolls"),
        needing("trainings"),
    ),
    "terms": needing("trainings", by=["training_term"]),
    "hours_file": needing("export"),
    "training_act": needing("trainings", by=["training_quota", "training_name"]),
    "teachers_act": needing("training_register"),
    "teacher": needing("trainings", owner=owners.of_teacher),
    "teacher_act": needing(
        "trainings",
        by=["training_ask_correction", "training_decide", "training_name", "training_choose_for"],
        owner=owners.of_teacher,
    ),
    "term_act": needing("trainings", by=["training_term"]),
    "session_act": needing("trainings", by=["training_session", "training_give_up"]),
    "rotation_act": needing("trainings", by=["training_rotation"]),
    "rolls_act": needing("trainings", by=["training_roll"]),
}
"""By name of an address."""
