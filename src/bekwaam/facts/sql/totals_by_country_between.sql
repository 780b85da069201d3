-- one row per country in [$first, $until); without a code, per country as written
-- reach: totals
-- cost columns: cost, gross_profit
WITH line AS (
    SELECT
        country,
        CASE WHEN country IS NULL THEN country_as_written END AS country_as_written,
        order_number,
        customer_number,
        revenue,
        cost,
        lacks_cost
    FROM sales
    WHERE order_date >= $first
        AND order_date < $until
)
SELECT
    country,
    country_as_written,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(*) AS lines,
    COUNT(DISTINCT order_number) AS orders,
    COUNT(DISTINCT customer_number) AS customers
FROM line
GROUP BY country, country_as_written
ORDER BY revenue DESC, country NULLS LAST, country_as_written NULLS LAST
