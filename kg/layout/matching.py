"""The cheapest way to give each row one column of its own: the assignment problem, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence

_FAR = float("inf")
_MANY = 40  # rows that are not all given out anew for each of them


def assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row the column it gets, so that the sum of the costs is least.

    There must be at least as many columns as rows. Shortest augmenting paths, O(rows² · columns).

    >>> assign([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
    [1, 0, 2]
    """
    return _Matching(costs).columns()


def assign_surely(costs: Sequence[Sequence[float]], enough: float) -> tuple[list[int], list[float]]:
    """Return for each row the column it gets, and how much more all would cost if it had to get another.

    There must be more columns than rows. What is `enough` or more is not worked out: then it is `enough`. Of
    very many rows it is the least that the prices of columns show.

    >>> assign_surely([[1, 5, 9], [1, 2, 9]], 9.0)
    ([0, 1], [3, 3])
    """
    best = _Matching(costs)
    columns = best.columns()
    cheapest = sum(row[column] for row, column in zip(costs, columns, strict=True))
    margins: list[float] = []
    for n, column in enumerate(columns):
        more = best.at_least(n, column)
        if more < enough and len(costs) <= _MANY:
            more = _without(costs, n, column) - cheapest
        margins.append(max(0.0, min(enough, more)))
    return columns, margins


def _without(costs: Sequence[Sequence[float]], row: int, column: int) -> float:
    """Return what all costs at least when a row does not get a column."""
    told = [list(line) for line in costs]
    told[row][column] = _FAR
    return sum(line[at] for line, at in zip(told, _Matching(told).columns(), strict=True))


class _Matching:
    """Rows with a column each, and prices that show that it is the cheapest way.

    Rows and columns count from 1; 0 is the free one.
    """

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        self.costs = costs
        rows, columns = len(costs), len(costs[0]) if costs else 0
        if columns < rows:
            raise ValueError(f"{rows} rows need as many columns, not {columns}")
        self.row_price = [0.0] * (rows + 1)
        self.column_price = [0.0] * (columns + 1)
        self.owner = [0] * (columns + 1)
        for row in range(1, rows + 1):
            self._give(row)

    def columns(self) -> list[int]:
        """Return the column of each row; both count from 0."""
        result = [0] * len(self.costs)
        for column, row in enumerate(self.owner):
            if column and row:
                result[row - 1] = column - 1
        return result

    def at_least(self, row: int, column: int) -> float:
        """Return how much more all would cost at least if a row had to get another column than its own."""
        price = self.row_price[row + 1]
        costs = zip(self.costs[row], self.column_price[1:], strict=True)
        return min(cost - price - other for n, (cost, other) in enumerate(costs) if n != column)

    def _give(self, row: int) -> None:
        """Give one more row a column; others may get another one for that."""
        row_price, column_price, owner = self.row_price, self.column_price, self.owner
        count = len(owner)
        owner[0] = row
        column = 0
        least, came, done = [_FAR] * count, [0] * count, [False] * count
        while owner[column]:
            done[column] = True
            here, delta, following = owner[column], _FAR, 0
            costs = self.costs[here - 1]
            for j in range(1, count):
                if done[j]:
                    continue
                slack = costs[j - 1] - row_price[here] - column_price[j]
                if slack < least[j]:
                    least[j], came[j] = slack, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(count):
                if done[j]:
                    row_price[owner[j]] += delta
                    column_price[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
