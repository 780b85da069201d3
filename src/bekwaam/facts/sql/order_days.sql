-- one row per customer and day before $as_of with sold lines; what came back is not taken off
-- reach: lines
-- cost columns: cost
SELECT
    customer_number,
    order_date,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost
FROM sales
WHERE kind = 'sale'
    AND revenue > 0
    AND customer_number IS NOT NULL
    AND order_date < $as_of
GROUP BY customer_number, order_date
ORDER BY customer_number, order_date
