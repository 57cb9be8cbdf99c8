"""培训 for programs: projects and listed courses, open to everybody; gaps by county and subject, for who may see them. Never a teacher."""

from decimal import Decimal

from django.http import HttpRequest
from ninja import Query, Router

from luoshi.bureau.board.api import training_shapes as shapes
from luoshi.bureau.board.api.asked import REFUSED, ClosedError, MissingError, NotTheirsError, city_asked, page, reader
from luoshi.bureau.board.api.shapes import Paging, Refusal
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import names
from luoshi.bureau.training import catalogue, owing
from luoshi.bureau.training.known import KIND_LABELS, SUBJECT_LABELS, asked, known
from luoshi.bureau.training.models import Course
from luoshi.bureau.training.queries import hours
from luoshi.words.findings import Finding
from luoshi.words.rounding import rounded

router = Router()


@router.get("/trainings", response={200: shapes.TrainingPage, REFUSED: Refusal}, summary="有哪些培训项目", operation_id="trainings")  # fmt: skip
def trainings(request: HttpRequest, asked_: Query[Paging]) -> dict[str, object]:
    """各培训项目：对应哪个机制、怎么计、依据什么。公开。"""
    rows: list[dict[str, object]] = [
        {
            "key": key, "label": one.label, "answers": list(one.answers), "counts": str(one.counts), "source": one.source,
            "doubt": one.doubt, "requirement": one.requirement.key if one.requirement else "",
        }
        for key, one in known().items()
    ]  # fmt: skip
    return page(request, asked_, rows)


@router.get("/courses", response={200: shapes.CoursePage, REFUSED: Refusal}, summary="课程超市", operation_id="courses")
def courses(request: HttpRequest, asked_: Query[shapes.CoursesQuery]) -> dict[str, object]:
    """上架的课程，新的在前。公开；不含任何教师的信息。"""
    rows = catalogue.listed(city_asked(request), asked_.kind, asked_.subject)
    return page(request, asked_, [_course(one) for one in rows])


def _course(one: Course) -> dict[str, object]:
    rating = str(rounded(Decimal(one.stars) / one.rated, 1)) if one.rated else None
    told = {name: getattr(one, name) for name in ("title", "provider", "kind", "subject", "form", "price", "rated")}
    about = {"id": one.pk, "kind_label": KIND_LABELS.get(one.kind, ""), "rating": rating}
    return {**told, **about, "hours": str(hours(one.tenths)), "practice": str(hours(one.practice))}


@router.get(
    "/trainings/gaps", response={200: shapes.GapPage, REFUSED: Refusal}, summary="学时缺口", operation_id="gaps"
)
def gaps(request: HttpRequest, asked_: Query[shapes.GapsQuery]) -> dict[str, object]:
    """应完成、已完成的教师数和还欠的学时，按县(市、区)或学科。县(市、区)的密钥只给本地的。须带密钥。"""
    actor, city = reader(request).actor, city_asked(request)
    if actor is None:
        raise ClosedError
    if finding := refused(actor, "trainings"):
        raise NotTheirsError(finding)
    if asked_.requirement not in asked():
        rule = f"要求的代号为 {'、'.join(asked())} 之一"
        raise MissingError(Finding("requirement", f"没有要求“{asked_.requirement[:20]}”", rule, "请核对代号"))
    labels = names(city) if asked_.by == "county" else dict(SUBJECT_LABELS)
    items: list[dict[str, object]] = [
        {
            "key": one.code, "label": labels.get(one.code, ""), "teachers": one.teachers, "met": one.met, "idle": one.idle,
            "short": str(hours(one.short)),
        }
        for one in owing.lines(actor, city, asked_.requirement, asked_.by, {})
    ]  # fmt: skip
    return {**page(request, asked_, items), "requirement": asked_.requirement}
