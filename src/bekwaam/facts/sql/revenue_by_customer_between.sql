-- one row per customer with lines in [$first, $until)
-- reach: lines
-- cost columns: cost, gross_profit
SELECT
    customer_number,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(*) AS lines,
    COUNT(DISTINCT order_number) AS orders,
    MAX(order_date) AS last_date
FROM sales
WHERE customer_number IS NOT NULL
    AND order_date >= $first
    AND order_date < $until
GROUP BY customer_number
ORDER BY customer_number
