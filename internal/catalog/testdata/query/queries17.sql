MERGE INTO orders o USING users u ON o.user_id = u.id WHEN MATCHED THEN UPDATE SET note = $1 RETURNING merge_action(), o.id, u.name AS who, upper(o.note), $2::int;
MERGE INTO orders o USING (SELECT id, name FROM users) u ON o.user_id = u.id WHEN MATCHED THEN DELETE RETURNING *;
MERGE INTO orders o USING users u ON o.user_id = u.id WHEN MATCHED THEN DO NOTHING RETURNING o.nope;
