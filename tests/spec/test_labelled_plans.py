"""Plans of many styles, made up and labelled by hand, are read at the bars that hold for any plan."""

from functools import reduce
from operator import add
from pathlib import Path

import pytest

from tests.labelled.scoring import score

FOLDER = Path(__file__).resolve().parents[1] / "labelled"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def test_all_together_keep_the_bars() -> None:
    assert len(NAMES) == 10
    total = reduce(add, (score(FOLDER, name) for name in NAMES))
    told = {name: round(tally.f1, 4) for name, tally in vars(total).items()}
    assert total.number.labelled > 500
    assert told["number"] >= 0.94, told
    assert told["strict"] >= 0.88, told
    assert told["implied"] >= 0.85, told
    assert total.days.hit >= 0.90 * total.days.labelled, told


@pytest.mark.parametrize("name", NAMES)
def test_no_text_falls_far_behind(name: str) -> None:
    told = score(FOLDER, name)
    assert min(told.number.f1, told.strict.f1) >= 0.82
