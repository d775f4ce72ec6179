TRUNCATE coded, account, booking, contact, checked, parent, child, measure, secret, deed, node, late;
REFRESH MATERIALIZED VIEW totals;
