"""Places of 600 sessions for 20 000 teachers, beside a serial dictatorship in plain Python; and whether anybody would swap.

    python -m benchmarks places_of_a_city

Both draw the same lot; the peer knows seats, clashes and the limit, and nothing else.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from time import process_time

from benchmarks.comparing import Result, Row, versus
from luoshi.learning import Allotment, Applicant, Cause, Offer, Reserve, Sent, allot, rota

SECONDS = 5.0
"""What is promised."""
TEACHERS, SESSIONS, SEATS, WANTED, MOST, SEED = 20_000, 600, 30, 8, 3, "benchmark/20211001"
KINDS = ("five_years", "information", "first_year")


def sessions(reserved: int) -> list[Offer]:
    """Sessions of half a day over four weeks, popular ones among them; so many seats for a county, as many for the countryside."""
    chance, made = random.Random(1), []
    for at in range(SESSIONS):
        begun = datetime(2021, 10, 1 + chance.randrange(28), chance.choice((8, 14)))  # noqa: DTZ001 (a wall clock in one town)
        kept = (Reserve(f"county:{at % 17}", reserved), Reserve("rural", reserved)) if reserved else ()
        towards = frozenset({KINDS[0], KINDS[1]} if at % 5 == 0 else {KINDS[0]})
        made.append(
            Offer(f"s{at:03d}", SEATS, towards, Decimal(8), ((begun, begun + timedelta(hours=4)),), reserves=kept)
        )
    return made


def teachers(offers: Sequence[Offer]) -> list[Applicant]:
    """Each ranks eight, the first sessions oftener than the last."""
    chance, keys = random.Random(2), [one.key for one in offers]
    weights = [1 / (1 + at / 60) for at in range(len(keys))]
    made = []
    for at in range(TEACHERS):
        wanted = tuple(dict.fromkeys(chance.choices(keys, weights, k=2 * WANTED)))[:WANTED]
        owes = {KINDS[0]: Decimal(chance.randrange(0, 200)), KINDS[1]: Decimal(chance.randrange(0, 50))}
        groups = frozenset({f"county:{at % 17}", *(("rural",) if at % 3 == 0 else ())})
        made.append(Applicant(f"T{at:05d}", wanted, owes, groups))
    return made


def by_hand(people: Sequence[Applicant], offers: Sequence[Offer]) -> dict[str, list[str]]:
    """A serial dictatorship in rounds: the same order, no reserved seats, no reasons, no waiting lists."""
    of, left = {one.key: one for one in offers}, {one.key: one.seats for one in offers}
    offered = {key for one in offers for key in one.towards}
    owes = {one.code: {key: owed for key, owed in one.owes.items() if key in offered} for one in people}
    lots = {one.code: sha256(f"{SEED}:{one.code}".encode()).hexdigest() for one in people}
    got: dict[str, list[str]] = {one.code: [] for one in people}
    for _ in range(MOST):
        for one in sorted(people, key=lambda one: (-sum(owes[one.code].values()), lots[one.code])):
            mine = got[one.code]
            for key in one.choices:
                begun, until = of[key].times[0]
                if key in mine or not left[key]:
                    continue
                if any(begun < of[held].times[0][1] and of[held].times[0][0] < until for held in mine):
                    continue
                left[key] -= 1
                mine.append(key)
                for kind in of[key].towards & owes[one.code].keys():
                    owes[one.code][kind] = max(Decimal(0), owes[one.code][kind] - of[key].hours)
                break
    return {code: keys for code, keys in got.items() if keys}


def _clash(one: Offer, other: Offer) -> bool:
    (begun, until), (start, end) = one.times[0], other.times[0]
    return one.key != other.key and begun < end and start < until


class _Seated:
    """Who sits where, to be asked whether somebody could sit elsewhere."""

    def __init__(self, people: Sequence[Applicant], offers: Sequence[Offer], told: Allotment) -> None:
        self.of, self.who, self.kept = {one.key: one for one in offers}, {one.code: one for one in people}, told.kept
        self.rows, self.held = defaultdict[str, list[str]](list), defaultdict[str, set[str]](set)
        for code, keys in told.places.items():
            self.held[code] = set(keys)
            for key in keys:
                self.rows[key].append(code)
        self.ranks = {one.code: {key: at for at, key in enumerate(one.choices)} for one in people}
        self.members = {
            key: Counter(each for code in rows for each in self.who[code].groups) for key, rows in self.rows.items()
        }
        self.free = {(one, other): not _clash(self.of[one], self.of[other]) for one in self.of for other in self.of}

    def fits(self, code: str, key: str, less: str) -> bool:
        """Whether a session clashes with nothing somebody holds but one."""
        return all(self.free[key, one] for one in self.held[code] if one != less)

    def keeps(self, key: str, gone: str, came: str) -> bool:
        """Whether a session's reserved seats are still used when one leaves and another comes."""
        lost = self.who[gone].groups - self.who[came].groups
        return all(self.members[key][group] > self.kept.get((key, group), 0) for group in lost)

    def idle(self, code: str, wanted: str, worse: Sequence[str]) -> bool:
        """Whether a seat stands idle that somebody could take, or would rather have than one they hold."""
        if len(self.rows[wanted]) >= self.of[wanted].seats:
            return False
        more = len(self.held[code]) < MOST and self.fits(code, wanted, "")
        return more or any(self.fits(code, wanted, key) for key in worse)

    def swaps(self, code: str, wanted: str, key: str) -> int:
        """With how many people somebody could swap one they hold for one they would rather have, to the joy of both."""
        if not self.fits(code, wanted, key):
            return 0
        many = 0
        for other in self.rows[wanted]:
            theirs = self.ranks[other]
            if key in theirs and key not in self.held[other] and theirs[key] < theirs[wanted]:
                kept = self.keeps(wanted, other, code) and self.keeps(key, code, other)
                many += kept and self.fits(other, key, wanted)
        return many


def glad_swaps(people: Sequence[Applicant], offers: Sequence[Offer], told: Allotment) -> tuple[int, int]:
    """How many pairs would gladly swap, and how many seats stand idle that somebody would take: every one is tried."""
    there, swaps, idle = _Seated(people, offers, told), 0, 0
    for code, ranks in there.ranks.items():
        mine = there.held[code]
        for wanted, rank in ranks.items():
            if wanted not in mine:
                worse = [key for key in mine if ranks[key] > rank]
                idle += there.idle(code, wanted, worse)
                swaps += sum(there.swaps(code, wanted, key) for key in worse)
    return swaps, idle


def _as_sets(places: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    return {code: frozenset(keys) for code, keys in places.items()}


def _took(run: Callable[[], object], times: int = 3) -> float:
    """Seconds of the processor: the least of a few, so that neighbours on it count for neither side."""
    taken = []
    for _ in range(times):
        begun = process_time()
        run()
        taken.append(process_time() - begun)
    return min(taken)


def places_of_a_city() -> Result:
    """The claim about places, and the roster of five years beside it."""
    bare, kept = sessions(0), sessions(6)
    people = teachers(bare)
    told, plain = allot(people, bare, seed=SEED, most=MOST), by_hand(people, bare)
    reserved = allot(people, kept, seed=SEED, most=MOST)
    same = _as_sets(told.places) == _as_sets(plain)
    swaps, idle = glad_swaps(people, kept, reserved)
    ours = _took(lambda: allot(people, bare, seed=SEED, most=MOST))
    ours_kept = _took(lambda: allot(people, kept, seed=SEED, most=MOST))
    peer = _took(lambda: by_hand(people, bare))
    trade = [Sent(f"V{at:05d}", f"school{at % 60}", at * 7 % 61, 2010 + at % 11) for at in range(TEACHERS // 4)]
    years = {2021 + at: TEACHERS // 24 for at in range(5)}
    rotated = _took(lambda: rota(trade, years, share=25))
    causes = Counter(one.cause for one in reserved.told.values())
    many = sum(len(keys) for keys in reserved.places.values())
    return Result(
        f"{TEACHERS:,} teachers rank {SESSIONS} sessions and places are given in under {SECONDS:.0f} s, each no with its reason; no two"
        " would gladly swap, and no seat stands idle that somebody could take.",
        "a serial dictatorship in plain Python with the same lot, seats, clashes and limit: no reserved seats, no reasons, no waiting"
        " lists, no order of entry to be proof against",
        (
            versus("no seats reserved, the same places on both sides", ours, peer, "s", digits=2),
            versus(
                f"{12 * SESSIONS:,} of {SEATS * SESSIONS:,} seats reserved by county and countryside",
                ours_kept,
                peer,
                "s",
                digits=2,
            ),
            Row("places given", f"{many:,}"),
            Row("reasons told", f"{sum(causes.values()) - causes[Cause.GIVEN]:,}"),
            Row("pairs that would gladly swap, all tried", f"{swaps}"),
            Row("seats idle that somebody could take, all tried", f"{idle}"),
            Row(f"roster of five years for {len(trade):,} teachers of 60 schools", f"{rotated:.2f} s"),
        ),
        same and not swaps and not idle and max(ours, ours_kept) < SECONDS,
        (f"Each teacher ranks up to {WANTED} and gets at most {MOST}. Seconds of the processor, the least of 3 runs.",),
    )


if __name__ == "__main__":
    print(places_of_a_city())
