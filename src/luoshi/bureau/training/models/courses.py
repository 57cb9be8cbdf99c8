"""培训: courses and their reviews, terms of choosing, sessions, choices, places and attendance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON, Sealed


class Course(models.Model):
    """课程: what the supermarket offers once it was reviewed."""

    class State(models.TextChoices):
        """已送审 → 评审中 → 已上架 → 已下架, or 未通过."""

        SENT = "sent", _("已送审")
        REVIEWED = "reviewed", _("已评审")
        LISTED = "listed", _("已上架")
        REFUSED = "refused", _("未通过")
        REMOVED = "removed", _("已下架")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    provider = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    """Key of the declared kind of hours."""
    project = models.CharField(max_length=40, blank=True)
    """Key of the declared training; empty for none."""
    subject = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    form = models.CharField(max_length=20)
    """集中, 网络, 混合."""
    tenths = models.PositiveIntegerField()
    practice = models.PositiveIntegerField(default=0)
    """Tenths of hours that are practice."""
    price = models.PositiveIntegerField(default=0)
    """Yuan a person; 0 is free."""
    about = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    county = models.CharField(max_length=20, blank=True)
    """Of whoever sent it; empty from the bureau."""
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    on = models.DateField()
    stars = models.PositiveIntegerField(default=0)
    """Sum of all ratings."""
    rated = models.PositiveIntegerField(default=0)
    """How many there are."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["city", "state", "-id"], name="courses_by_state"),
            models.Index(fields=["city", "state", "kind", "-id"], name="courses_by_kind"),
            models.Index(fields=["city", "state", "subject", "-id"], name="courses_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title


class Review(models.Model):
    """评审: a step a course took, with the reason."""

    course = models.ForeignKey("training.Course", models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=Course.State.choices)
    """What it became."""
    score = models.PositiveSmallIntegerField(null=True)
    """Of a reviewer, 0 to 100."""
    words = models.CharField(max_length=300)
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.course_id} {self.state}"


class Term(models.Model):
    """选课期: from when until when teachers choose, and how places are given."""

    class State(models.TextChoices):
        """选课中 → 已截止待派位 → 已派位."""

        OPEN = "open", _("选课中")
        GIVEN = "given", _("已派位")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    opens = models.DateField()
    closes = models.DateField()
    """The last day to choose."""
    most = models.PositiveSmallIntegerField()
    """Sessions one teacher gets at most."""
    ranked = models.PositiveSmallIntegerField()
    """Choices one teacher makes at most."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    seed = models.CharField(max_length=120, blank=True)
    """As drawn before witnesses."""
    witnesses = models.CharField(max_length=200, blank=True)
    listed = models.CharField(max_length=64, blank=True)
    """SHA-256 of the list of codes that was drawn, one a line."""
    given_at = models.DateTimeField(null=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """班次: one time a course is held."""

    course = models.ForeignKey("training.Course", models.PROTECT, related_name="sessions")
    term = models.ForeignKey("training.Term", models.PROTECT, null=True, related_name="sessions")
    """Null where places are given otherwise, as by nomination."""
    number = models.CharField(max_length=40)
    begins = models.DateField()
    until = models.DateField()
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    """Of each day."""
    place = models.CharField(max_length=100)
    seats = models.PositiveIntegerField()
    only = JSON(default=list)
    """Groups of which one must be had; empty for everybody."""
    reserves = JSON(default=list)
    """Group and seats reserved for it."""
    taken = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=8, blank=True)
    """Shown in the room today."""
    code_until = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["begins", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("begins")), name="sessions_end_after_they_begin"
            ),
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("seats")), name="no_more_places_than_seats"),
        ]
        indexes = [models.Index(fields=["code"], condition=~models.Q(code=""), name="sessions_by_code")]

    def __str__(self) -> str:
        return self.number


class Choice(models.Model):
    """志愿: what a teacher wants, and what became of it."""

    term = models.ForeignKey("training.Term", models.PROTECT, related_name="choices")
    teacher = models.ForeignKey("training.Teacher", models.PROTECT, related_name="choices")
    session = models.ForeignKey("training.Session", models.PROTECT, related_name="choices")
    rank = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=10, blank=True)
    """A `learning.Cause`; empty until places are given."""
    told = JSON(default=dict)
    """What the reason is made of."""
    waiting = models.PositiveIntegerField(null=True)
    """Place on the waiting list; null for none."""

    class Meta:
        ordering = ["teacher", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["term", "teacher", "session"], name="one_choice_a_session"),
            models.UniqueConstraint(fields=["term", "teacher", "rank"], name="one_choice_a_rank"),
        ]
        indexes = [
            models.Index(
                fields=["session", "waiting"], condition=models.Q(waiting__isnull=False), name="waiting_of_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.rank}"


class Seat(models.Model):
    """录取: a place somebody has in a session."""

    class How(models.TextChoices):
        """How it came."""

        DRAWN = "drawn", _("派位")
        MOVED = "moved", _("候补递补")
        NAMED = "named", _("推荐")

    session = models.ForeignKey("training.Session", models.PROTECT, related_name="places")
    teacher = models.ForeignKey("training.Teacher", models.PROTECT, related_name="places")
    how = models.CharField(max_length=10, choices=How.choices)
    since = models.DateField()
    gone_on = models.DateField(null=True)
    """Since when it is given up."""
    gone_why = models.CharField(max_length=200, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    """How they rated the course, 1 to 5."""
    opinion = Sealed(blank=True, bound=("session_id", "teacher_id"), most=300)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher"], condition=models.Q(gone_on=None), name="one_place_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.teacher_id}"


class Attendance(models.Model):
    """签到: somebody was there on a day."""

    seat = models.ForeignKey("training.Seat", models.PROTECT, related_name="days")
    on = models.DateField()
    how = models.CharField(max_length=10)
    """code or roster."""
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["seat", "on"], name="one_attendance_a_day")]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.on}"
