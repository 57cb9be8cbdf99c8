"""What answers for each mechanism: the table of the page /mechanisms/, with the test that proves each claim."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import luoshi.declared.procedures
import luoshi.declared.trainings
from luoshi.declared import INDICATORS, JUDGED, PAGES, ROOMS, TRAINED, WALKED
from luoshi.describing.markdown import code, table
from luoshi.handling.gathering import answering
from luoshi.learning import declaring
from luoshi.reading.answering import Answer, Carried, Room, answer, lines_of
from luoshi.reading.city import City
from luoshi.spine import Plan

SAID = {Carried.RUNS: "runs", Carried.LINE: "ledger line", Carried.NOT_YET: "not yet"}


def answers(city: City, plan: Plan) -> list[Answer]:
    """Every mechanism of a city with what answers for it once the demo's people have confirmed the plan."""
    spans = {point.number: (point.start, point.end) for point in plan.points}
    lines = lines_of(plan, INDICATORS)
    told = answering(luoshi.declared.procedures)
    taught = declaring.answering(luoshi.declared.trainings)
    rooms = (
        *ROOMS,
        *(Room(one, "procedure", label, WALKED, key) for one, key, label in told),
        *(Room(one, "training", label, TRAINED, key) for one, key, label in taught),
    )
    return [answer(one, plan.text, spans, lines, INDICATORS, rooms) for one in city.mechanisms]


def page(city: City, plan: Plan) -> str:
    """The table, point by point."""
    told = answers(city, plan)
    counted = Counter(one.carried for one in told)
    counts = " · ".join(f"{counted[one]} {said}" for one, said in SAID.items())
    head = f"""# Mechanisms

《{plan.title}》 names {len(told)} mechanisms: **{counts}**. The page `/mechanisms/` of the demo shows the same.

- **runs**: an indicator declared for the mechanism judges one of its confirmed lines, or a room of the website does
  its work; with the page that shows it and the test that proves it;
- **ledger line**: confirmed, and judged by people only;
- **not yet**: nothing answers for it. What goes on all year (常态化) is not confirmed by the demo's people.

"""
    titles = {point.number: point.title for point in plan.points}
    return head + "\n".join(_point(number, titles, list(group)) for number, group in groupby(told, key=_of))


def _of(one: Answer) -> str:
    return one.mechanism.point


def _point(number: str, titles: dict[str, str], group: list[Answer]) -> str:
    rows = (
        (
            f'<a id="{one.mechanism.key.lower().replace(".", "-")}"></a>{one.mechanism.key}',
            f"{one.mechanism.name}<br>{one.mechanism.name_en}",
            "".join(f"「{phrase}」" for phrase in one.mechanism.phrases),
            code(one.mechanism.pattern),
            f"**{SAID[one.carried]}**" if one.carried is Carried.RUNS else SAID[one.carried],
            "<br>".join(_by(one)),
        )
        for one in group
    )
    columns = ("key", "mechanism", "phrases", "pattern", "carried", "by")
    return f"## {number} {titles.get(number, '')}\n\n" + table(columns, rows)


def _by(one: Answer) -> Iterator[str]:
    for room in one.rooms:
        page = _page(f"{room.page}s" if room.part else room.page, room.part)  # one of several stands below their list
        yield f"{room.label}, {page}, {_test(room.proof)}"
    if one.indicators:
        labels = "、".join(f"{found.label}" for found in one.indicators)
        yield f"{labels}, {_page('figures')}, {_test(JUDGED)}"
    if one.lines:
        yield "lines " + ", ".join(line.number for line in one.lines)


def _page(name: str, part: str = "") -> str:
    return f"page {code(PAGES[name] + (f'{part}/' if part else ''))}"


def _test(proof: str) -> str:
    file, _, function = proof.partition("::")
    return f"[{code(function)}](../../{file})"
