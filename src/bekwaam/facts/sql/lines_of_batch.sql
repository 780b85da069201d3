-- one row per line of $batch that still stands, in the order of its file; a page of $limit from $offset
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
WHERE batch_id = $batch
ORDER BY line_id
LIMIT $limit OFFSET $offset
