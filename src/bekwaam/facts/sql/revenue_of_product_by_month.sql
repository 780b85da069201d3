-- one row per month (its first day) of $product in [$first, $until)
-- reach: lines
SELECT
    CAST(DATE_TRUNC('month', order_date) AS DATE) AS month,
    SUM(revenue) AS revenue
FROM sales
WHERE product_code = $product
    AND order_date >= $first
    AND order_date < $until
GROUP BY CAST(DATE_TRUNC('month', order_date) AS DATE)
ORDER BY month
