-- one row per period [$first, $until): the lines that pass the filters, counted and added up
-- reach: lines
-- cost columns: cost, gross_profit
-- optional: country, customer, kind, product, seller
-- a filter of '-' asks for the lines without one; kind 'return' holds credits too
SELECT
    COUNT(*) AS lines,
    COALESCE(SUM(revenue), 0) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(DISTINCT order_number) AS orders,
    MIN(order_date) AS first_date,
    MAX(order_date) AS last_date
FROM sales
WHERE order_date >= $first
    AND order_date < $until
    AND ($customer IS NULL OR customer_number = $customer OR ($customer = '-' AND customer_number IS NULL))
    AND ($product IS NULL OR product_code = $product OR ($product = '-' AND product_code IS NULL))
    AND ($country IS NULL OR country = $country OR ($country = '-' AND country IS NULL))
    AND ($seller IS NULL OR seller_code = $seller OR ($seller = '-' AND seller_code IS NULL))
    AND ($kind IS NULL OR kind = $kind OR ($kind = 'return' AND kind = 'credit'))
