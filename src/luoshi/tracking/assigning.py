"""The best one-to-one assignment: no other choice of pairs has a greater sum of gains."""

import heapq
from collections.abc import Mapping, Sequence


def assign(gains: Sequence[Mapping[int, int]]) -> list[int | None]:
    """Whom each left one is paired with; None for one that is better left alone.

    Shortest augmenting paths over the pairs that are possible at all, with prices that keep every reduced cost at or
    above zero (Jonker and Volgenant 1987, for sparse costs). Gains are whole numbers, so that no rounding decides; of
    equal sums always the same one is chosen.

    Args:
        gains: for each left one, its possible partners on the right (0 and up) and what the pair gains, more than 0.
    """
    most = max((gain for row in gains for gain in row.values()), default=0)
    # Every left one has a partner of its own that gains nothing: to be paired with it is to stay alone.
    costs = [{**{right: most - gain for right, gain in row.items()}, ~left: most} for left, row in enumerate(gains)]
    paired: dict[int, int] = {}
    chosen: list[int] = [~left for left in range(len(gains))]
    price: dict[int, int] = {}
    for left in range(len(gains)):
        _augment(left, costs, paired, chosen, price)
    return [right if right >= 0 else None for right in chosen]


def _augment(
    start: int, costs: list[dict[int, int]], paired: dict[int, int], chosen: list[int], price: dict[int, int]
) -> None:
    """Pair one more left one along the cheapest path to a right one that is free."""
    reached: dict[int, int] = {}
    came_from: dict[int, int] = {}
    settled: dict[int, int] = {}
    queue: list[tuple[int, int]] = []
    left, spent = start, 0
    while True:
        own = 0 if left == start else costs[left][chosen[left]] - price.get(chosen[left], 0)
        for right, cost in costs[left].items():
            through = spent + cost - price.get(right, 0) - own
            if right not in settled and through < reached.get(right, through + 1):
                reached[right], came_from[right] = through, left
                heapq.heappush(queue, (through, right))
        while queue[0][1] in settled:
            heapq.heappop(queue)
        spent, right = heapq.heappop(queue)
        settled[right] = spent
        if right not in paired:
            break
        left = paired[right]
    for seen, distance in settled.items():
        price[seen] = price.get(seen, 0) + distance - spent
    _flip(start, right, came_from, paired, chosen)


def _flip(start: int, right: int, came_from: dict[int, int], paired: dict[int, int], chosen: list[int]) -> None:
    """Turn the path around: each left one on it takes the right one behind it."""
    while True:
        left = came_from[right]
        given_up = chosen[left]
        chosen[left], paired[right] = right, left
        if left == start:
            return
        right = given_up
