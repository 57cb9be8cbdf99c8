"""评价标准与评审组: rubrics as text, a bureau's own weights, and who judges what in a year."""

from django.db import models

from luoshi.bureau.fields import JSON


class RubricText(models.Model):
    """评价标准版本: the text of a rubric as sheets are scored by it; never changed."""

    version = models.CharField(max_length=16, unique=True)
    rubric = models.CharField(max_length=40)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.rubric} {self.version}"


class Weighing(models.Model):
    """评价标准设置: a bureau's own labels, weights and grades from a day on. Never changed, only followed by a newer one."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    rubric = models.CharField(max_length=40)
    text = models.ForeignKey(RubricText, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    """Document or decision it stands on."""
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["city", "rubric", "-id"], name="weighing_of_a_rubric")]

    def __str__(self) -> str:
        return f"{self.rubric} {self.text_id}"


class Panel(models.Model):
    """评审批次: the cases of a procedure that are opened in a year, who judges them and whom they visit."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="panels")
    procedure = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=100, blank=True)
    """What the sample was drawn by; empty while none was drawn."""
    visits = JSON(default=list)
    """Codes of the units to visit, in the order drawn; never changed once drawn."""
    drawn_of = JSON(default=list)
    """Codes that it was drawn from."""
    must = JSON(default=list)
    """Codes that were visited whatever was drawn."""
    drawn_by = models.CharField(max_length=100, blank=True)
    drawn_on = models.DateField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "procedure"]
        constraints = [models.UniqueConstraint(fields=["city", "procedure", "year"], name="one_panel_a_year")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.year}"


class Judge(models.Model):
    """评委: an account that judges in a round."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="judges")
    login = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    leads = models.BooleanField(default=False)
    """组长."""
    by = models.CharField(max_length=100)
    left = models.DateField(null=True)
    """The day they were released; what they marked stays."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["panel", "login"], name="one_seat_a_judge")]
        indexes = [models.Index(fields=["login"], name="seats_of_a_judge")]

    def __str__(self) -> str:
        return self.name


class Recusal(models.Model):
    """回避: a unit that a judge does not judge."""

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="recusals")
    unit = models.CharField(max_length=20)
    """Code of the school or county."""
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["judge", "unit"], name="one_recusal_a_unit")]

    def __str__(self) -> str:
        return f"{self.judge_id} {self.unit}"
