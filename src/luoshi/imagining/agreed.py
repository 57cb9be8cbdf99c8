"""What counties agree on: the disabled, cohorts, dropouts and admissions. 演示数据（虚构）."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from luoshi.declared.returns import CountyCounts
from luoshi.imagining.chance import Chance, Ints
from luoshi.imagining.columns import framed
from luoshi.imagining.registers import county_of


@dataclass(frozen=True)
class Agreed:
    """Counts of counties in one year: arrays, one entry a county, by its number."""

    chance: Chance
    unit: Ints
    """Numbers of the counties."""
    primary: Ints
    """Pupils of primary schools on 1 September."""
    pupils: Ints
    """Pupils of compulsory schools on 1 September."""
    year: int
    first: int

    def _below(self, most: int, what: str) -> Ints:
        return self.chance.below(most, f"agreed {what}", self.unit, self.year)

    def counts(self) -> pl.DataFrame:
        """县(市、区)入学和招生核定数: rates drift towards what is asked, and no county is quite like another."""
        parts = (self._disabled(), self._dropouts(), self._cohort(), self._balance(), self._admissions())
        told: dict[str, object] = {"county": county_of(self.unit)}
        for part in parts:
            told |= part
        return framed(CountyCounts, told)

    @property
    def _passed(self) -> int:
        return self.year - self.first

    def _disabled(self) -> dict[str, Ints]:
        disabled = self.pupils * 6 // 1000 + 12
        three = disabled * 62 // 100
        share = np.minimum(910 + 8 * self._passed + self.chance.below(50, "agreed placed", self.unit), 1000)
        placed = three * share // 1000
        off_roll = np.minimum(self._below(3, "off the roll"), placed)
        return {
            "three_of_age": three,
            "three_placed": placed,
            "three_off_roll": off_roll,
            "disabled_of_age": disabled,
            "disabled_placed": placed + (disabled - three) * 90 // 100,
            "disabled_off_roll": off_roll,
            "primary_of_age": self.primary * (985 + self._below(10, "of age")) // 1000,
        }

    def _dropouts(self) -> dict[str, Ints]:
        dropouts = self.pupils * self._below(3, "dropouts") // 10_000
        return {
            "roll_begun": self.pupils,
            "dropouts": dropouts,
            "returned": dropouts * 3 // 4,
            "poor_open": dropouts * 0,
        }

    def _cohort(self) -> dict[str, Ints]:
        cohort = self.pupils // 10 + 40
        moved_in, moved_out = cohort * 2 // 100, cohort * 3 // 100
        left = cohort * (8 + self._below(30, "left")) // 1000
        died = (self._below(10, "died") == 0).astype(cohort.dtype)
        return {
            "cohort_begun": cohort,
            "cohort_died": died,
            "cohort_in": moved_in,
            "cohort_out": moved_out,
            "cohort_graduates": cohort - died + moved_in - moved_out - left,
        }

    def _balance(self) -> dict[str, Ints]:
        entrants, junior = self.primary // 12 + 20, self.pupils // 24 + 20
        teachers = self.pupils // 90 + 10
        exchanged = teachers * (8 + self._below(8, "exchanged")) // 100
        migrants = self.pupils * (4 + self.unit % 5) // 100 + 5
        answers = 200 + self._below(300, "answers")
        return {
            "primary_entrants": entrants,
            "primary_near": entrants - (self._below(4, "near") == 0),
            "junior_entrants": junior,
            "junior_near": junior * (93 + self._below(8, "near junior")) // 100,
            "exchange_due": teachers,
            "exchanged": exchanged,
            "exchanged_backbone": exchanged * (14 + self._below(14, "backbone")) // 100,
            "migrants": migrants,
            "migrants_public": migrants * (82 + self._below(18, "public")) // 100,
            "asked": answers,
            "content": answers * (83 + self._below(15, "content")) // 100,
        }

    def _admissions(self) -> dict[str, Ints]:
        senior = self.pupils // 15 + 60
        top = senior // 20 + 3
        over = senior * (self._below(6, "over plan") == 0) * self._below(3, "by") // 100
        return {
            "model_places": senior // 2,
            "allocated": senior // 2 * (46 + self._below(20, "allocated")) // 100,
            "senior_plan": senior,
            "over_plan": over,
            "out_of_area": self._below(12, "out of area") // 10,
            "early": over * 0,
            "chosen": over * 0,
            "top_graduates": top,
            "top_stayed": top * np.minimum(70 + self._passed + self._below(20, "stayed"), 100) // 100,
        }
