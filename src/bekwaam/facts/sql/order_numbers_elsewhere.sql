-- one row per order number with a line before $first or after $last
-- reach: lines
SELECT order_number
FROM sales
WHERE order_date < $first
    OR order_date > $last
GROUP BY order_number
ORDER BY order_number
