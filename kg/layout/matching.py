"""The cheapest way to give each row one column of its own: the assignment problem, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence


def assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row the column it gets, so that the sum of the costs is least.

    There must be at least as many columns as rows. Shortest augmenting paths, O(rows² · columns).

    >>> assign([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
    [1, 0, 2]
    """
    if not costs:
        return []
    rows, columns = len(costs), len(costs[0])
    if columns < rows:
        raise ValueError(f"{rows} rows need as many columns, not {columns}")
    row_price = [0.0] * (rows + 1)
    column_price = [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # rows and columns count from 1; 0 is the free one
    for row in range(1, rows + 1):
        owner[0] = row
        column = 0
        least = [float("inf")] * (columns + 1)
        came = [0] * (columns + 1)
        done = [False] * (columns + 1)
        while owner[column]:
            done[column] = True
            here, delta, following = owner[column], float("inf"), 0
            for j in range(1, columns + 1):
                if done[j]:
                    continue
                slack = costs[here - 1][j - 1] - row_price[here] - column_price[j]
                if slack < least[j]:
                    least[j], came[j] = slack, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(columns + 1):
                if done[j]:
                    row_price[owner[j]] += delta
                    column_price[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
    result = [0] * rows
    for j in range(1, columns + 1):
        if owner[j]:
            result[owner[j] - 1] = j - 1
    return result
