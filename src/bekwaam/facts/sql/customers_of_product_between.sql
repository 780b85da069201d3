-- one row per customer of $product in [$first, $until), who brought in most first, at most $limit
-- reach: lines
SELECT
    customer_number,
    SUM(revenue) AS revenue,
    COUNT(*) AS lines
FROM sales
WHERE product_code = $product
    AND customer_number IS NOT NULL
    AND order_date >= $first
    AND order_date < $until
GROUP BY customer_number
ORDER BY revenue DESC, customer_number
LIMIT $limit
