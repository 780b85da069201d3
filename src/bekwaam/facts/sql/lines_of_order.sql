-- one row per line of $order
-- reach: lines
-- cost columns: cost
SELECT
    line_id,
    order_number,
    line_number,
    order_date,
    customer_number,
    product_code,
    seller_code,
    territory_code,
    country,
    country_as_written,
    quantity,
    unit,
    revenue,
    cost,
    currency,
    kind,
    batch_id
FROM sales
WHERE order_number = $order
ORDER BY order_date, line_id
