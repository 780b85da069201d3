-- one row per customer with lines in [$first, $until) and a seller neither on them nor on his record
-- reach: lines
-- cost columns: cost, gross_profit
WITH line AS (
    SELECT
        sales.customer_number,
        COALESCE(sales.seller_code, customers.seller_code) AS seller_code,
        sales.revenue,
        sales.cost,
        sales.lacks_cost
    FROM sales
    LEFT JOIN customers ON customers.customer_number = sales.customer_number
    WHERE sales.customer_number IS NOT NULL
        AND sales.order_date >= $first
        AND sales.order_date < $until
)
SELECT
    customer_number,
    SUM(revenue) AS revenue,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(cost) END AS cost,
    CASE WHEN MAX(lacks_cost) = 0 THEN SUM(revenue) - SUM(cost) END AS gross_profit,
    COUNT(*) AS lines
FROM line
GROUP BY customer_number
HAVING COUNT(seller_code) = 0
ORDER BY revenue DESC, customer_number
