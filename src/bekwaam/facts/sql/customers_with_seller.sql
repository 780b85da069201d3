-- one row per customer with a seller: on his record, or on a line in the year before $as_of
-- reach: lines
SELECT customer_number
FROM customers
WHERE seller_code IS NOT NULL
UNION
SELECT customer_number
FROM sales
WHERE customer_number IS NOT NULL
    AND seller_code IS NOT NULL
    AND order_date < $as_of
    AND order_date >= CAST($as_of AS DATE) - INTERVAL '1' YEAR
ORDER BY customer_number
