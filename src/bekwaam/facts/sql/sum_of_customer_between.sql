-- one row per customer asked for: the lines of $customer in [$first, $until), counted and added up
-- reach: lines
-- cost columns: cost, gross_profit
SELECT
    COUNT(*) AS lines,
    COALESCE(SUM(revenue), 0) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(DISTINCT order_number) AS orders,
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date
FROM sales
WHERE customer_number = $customer
    AND order_date >= $first
    AND order_date < $until
