-- one row per line in [$first, $until) that passes the filters, the newest first; a page of $limit from $offset
-- reach: lines
-- cost columns: cost
-- optional: country, customer, kind, product, seller
-- a filter of '-' asks for the lines without one; kind 'return' holds credits too
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
    AND order_date < $until
    AND ($customer IS NULL OR customer_number = $customer OR ($customer = '-' AND customer_number IS NULL))
    AND ($product IS NULL OR product_code = $product OR ($product = '-' AND product_code IS NULL))
    AND ($country IS NULL OR country = $country OR ($country = '-' AND country IS NULL))
    AND ($seller IS NULL OR seller_code = $seller OR ($seller = '-' AND seller_code IS NULL))
    AND ($kind IS NULL OR kind = $kind OR ($kind = 'return' AND kind = 'credit'))
ORDER BY order_date DESC, order_number DESC, line_id
LIMIT $limit OFFSET $offset
