-- one row per product and unit: what [$first, $middle) and [$middle, $until) brought; parts add up to the totals
-- reach: totals
SELECT
    product_code,
    unit,
    SUM(CASE WHEN order_date < $middle THEN revenue ELSE 0 END) AS revenue_before,
    SUM(CASE WHEN order_date < $middle THEN quantity ELSE 0 END) AS quantity_before,
    SUM(CASE WHEN order_date >= $middle THEN revenue ELSE 0 END) AS revenue_now,
    SUM(CASE WHEN order_date >= $middle THEN quantity ELSE 0 END) AS quantity_now
FROM sales
WHERE order_date >= $first
    AND order_date < $until
GROUP BY product_code, unit
ORDER BY product_code NULLS LAST, unit NULLS LAST
