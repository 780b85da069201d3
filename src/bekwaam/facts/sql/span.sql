-- one row per store: the first and the last day with an order line, both null when there is none
-- reach: totals
SELECT
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date,
    COUNT(*) AS lines
FROM sales
