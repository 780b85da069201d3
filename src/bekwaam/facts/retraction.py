"""Which lines a batch takes away when it replaces others: those it names, and those that they had replaced.

Say the second file replaced lines of the first, and a third file replaces those of the second. Undoing the
second must not bring the lines of the first back beside those of the third. So the third takes away, in the
same orders, what the second had taken away too. And a file that brings back a line which an earlier one took
away names that old line as taken away by itself (`intake.overlap.come_back`). Each batch's rows in `retracted` then
stand on their own, and batches can be undone in any order.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from bekwaam.facts.staging import projection

WITH_FORERUNNERS = """
WITH replaced AS (
    SELECT DISTINCT line.batch_id, line.order_number
    FROM read_parquet($sales) AS line
    JOIN offered_retractions AS offered ON offered.line_id = line.line_id
),
forerunner AS (
    SELECT earlier.line_id
    FROM read_parquet($retracted) AS earlier
    JOIN read_parquet($sales) AS line ON line.line_id = earlier.line_id
    JOIN replaced ON replaced.batch_id = earlier.batch_id AND replaced.order_number = line.order_number
)
SELECT line_id, CAST($batch AS VARCHAR) AS batch_id
FROM (
    SELECT line_id FROM offered_retractions
    UNION
    SELECT line_id FROM forerunner
) AS taken
ORDER BY line_id
"""


def with_forerunners(
    bench: duckdb.DuckDBPyConnection,
    offered: duckdb.DuckDBPyRelation,
    *,
    batch_id: str,
    sales: Sequence[str],
    retracted: Sequence[str],
) -> duckdb.DuckDBPyRelation:
    """The retractions of a batch, completed: one row per line, columns `line_id, batch_id`.

    Args:
        bench: the connection that holds `offered`.
        offered: `line_id, batch_id` of the lines that the batch replaces.
        batch_id: the batch that takes the lines away.
        sales: data files of `sales` before the batch.
        retracted: data files of `retracted` before the batch.
    """
    if not sales or not retracted:
        return offered
    bench.execute("CREATE TEMP TABLE offered_retractions (line_id BIGINT, batch_id VARCHAR)")
    offered.insert_into("offered_retractions")
    values = {"sales": list(sales), "retracted": list(retracted), "batch": batch_id}
    return bench.sql(WITH_FORERUNNERS, params=values).project(projection("retracted"))
