-- one row per line that a batch took away and no longer stands, of any day
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
FROM retracted
ORDER BY line_id
