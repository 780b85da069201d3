-- one row per order and day of $customer before $as_of, the newest first, at most $limit
-- reach: lines
-- cost columns: cost, gross_profit
SELECT
    order_number,
    order_date,
    MAX(kind) AS kind,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(*) AS lines
FROM sales
WHERE customer_number = $customer
    AND order_date < $as_of
GROUP BY order_number, order_date
ORDER BY order_date DESC, order_number DESC
LIMIT $limit
