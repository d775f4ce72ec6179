-- What looks wrong, and is not.
SELECT 1 +++ 2;
INSERT INTO node (id) VALUES (1) ON CONFLICT (label) DO NOTHING;
SELECT $1::int, $1::text;
SELECT $1::int + 1, $1 || 'x';
SELECT $1 + 1, $1::text;
SELECT * FROM account WHERE level = $1 AND id = $1;
SELECT pick($1, 1), $1::text;
UPDATE per_day SET orders = 1;
SELECT nothing_back(1) || 'x';
SELECT * FROM jsonb_populate_record(1, '{}');
INSERT INTO node (label) VALUES (now()), (1), (ARRAY[1]);
