-- one row per month (its first day) before $as_of and customer; lines without customer count in totals only
-- reach: lines
-- cost columns: cost, gross_profit
WITH line AS (
    SELECT
        CAST(DATE_TRUNC('month', order_date) AS DATE) AS month,
        customer_number,
        revenue,
        cost,
        lacks_cost
    FROM sales
    WHERE order_date < $as_of
        AND customer_number IS NOT NULL
)
SELECT
    month,
    customer_number,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(*) AS lines
FROM line
GROUP BY month, customer_number
ORDER BY customer_number, month
