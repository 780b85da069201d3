-- one row per line from $first to $last, the last day included: what a file of these days lies over
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
WHERE order_date >= $first
    AND order_date <= $last
ORDER BY line_id
