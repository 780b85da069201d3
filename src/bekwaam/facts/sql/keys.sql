-- one row per kind of record and key that occurs in the lines
-- reach: lines
SELECT
    'customers' AS kind,
    customer_number AS key,
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date,
    SUM(revenue) AS revenue,
    COUNT(*) AS lines
FROM sales
WHERE customer_number IS NOT NULL
GROUP BY customer_number
UNION ALL
SELECT
    'products' AS kind,
    product_code AS key,
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date,
    SUM(revenue) AS revenue,
    COUNT(*) AS lines
FROM sales
WHERE product_code IS NOT NULL
GROUP BY product_code
UNION ALL
SELECT
    'sellers' AS kind,
    seller_code AS key,
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date,
    SUM(revenue) AS revenue,
    COUNT(*) AS lines
FROM sales
WHERE seller_code IS NOT NULL
GROUP BY seller_code
UNION ALL
SELECT
    'territories' AS kind,
    territory_code AS key,
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date,
    SUM(revenue) AS revenue,
    COUNT(*) AS lines
FROM sales
WHERE territory_code IS NOT NULL
GROUP BY territory_code
ORDER BY kind, key
