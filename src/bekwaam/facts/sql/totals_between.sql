-- one row per period [$first, $until): its totals; quantity only when all lines have one unit
-- reach: totals
-- cost columns: cost, gross_profit, lines_with_cost
SELECT
    COALESCE(SUM(revenue), 0) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    CASE WHEN COUNT(DISTINCT COALESCE(unit, '')) = 1 THEN SUM(quantity) END AS quantity,
    COALESCE(SUM(CASE WHEN kind <> 'sale' THEN revenue ELSE 0 END), 0) AS returned,
    COALESCE(SUM(CASE WHEN kind = 'return' THEN revenue ELSE 0 END), 0) AS returns,
    COALESCE(SUM(CASE WHEN kind = 'credit' THEN revenue ELSE 0 END), 0) AS credits,
    COUNT(*) AS lines,
    COUNT(DISTINCT order_number) AS orders,
    COUNT(DISTINCT customer_number) AS customers,
    COUNT(*) - COUNT(customer_number) AS lines_without_customer,
    COALESCE(SUM(CASE WHEN customer_number IS NULL THEN revenue ELSE 0 END), 0) AS revenue_without_customer,
    COUNT(cost) AS lines_with_cost,
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date
FROM sales
WHERE order_date >= $first
    AND order_date < $until
