-- one row per month (its first day) before $as_of
-- reach: totals
-- cost columns: cost, gross_profit
WITH line AS (
    SELECT
        CAST(DATE_TRUNC('month', order_date) AS DATE) AS month,
        revenue,
        cost,
        lacks_cost
    FROM sales
    WHERE order_date < $as_of
)
SELECT
    month,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(*) AS lines
FROM line
GROUP BY month
ORDER BY month
