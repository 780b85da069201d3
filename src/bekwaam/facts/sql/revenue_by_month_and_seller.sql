-- one row per month (its first day) before $as_of and seller; lines without one stand under null
-- reach: totals
-- cost columns: cost, gross_profit
WITH line AS (
    SELECT
        CAST(DATE_TRUNC('month', order_date) AS DATE) AS month,
        seller_code,
        revenue,
        cost,
        lacks_cost
    FROM sales
    WHERE order_date < $as_of
)
SELECT
    month,
    seller_code,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(*) AS lines
FROM line
GROUP BY month, seller_code
ORDER BY seller_code NULLS LAST, month
