-- one row per line of $customer in [$first, $until), the newest first; a page of $limit from $offset
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
WHERE customer_number = $customer
    AND order_date >= $first
    AND order_date < $until
ORDER BY order_date DESC, order_number DESC, line_id
LIMIT $limit OFFSET $offset
