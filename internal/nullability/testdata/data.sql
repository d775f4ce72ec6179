INSERT INTO account (id, name, nickname, mail, mood, age, balance, created, deleted, tags, data, prefs, spot) VALUES
    (1, 'Ada', 'a', 'ada@x', 'happy', 36, 10, '2020-01-01Z', NULL, '{x,y}', '{"name": "Ada", "n": 1, "list": [1, null]}', '{"a": null}', (1, NULL)),
    (2, 'Bob', NULL, 'bob@x', NULL, NULL, 0, 'infinity', '2021-01-01Z', '{}', 'null', NULL, NULL),
    (3, '', '', 'c@x', 'sad', 0, 5.5, '2022-02-02Z', NULL, '{NULL,z}', '[1, null, "s"]', 'null', (NULL, NULL)),
    (4, 'Dan', NULL, 'd@x', 'ok', 70, -1, '-infinity', NULL, '{a}', '{}', '{}', (2, 'b'));
INSERT INTO booking (id, account_id, guest_id, amount, note, seats, during) VALUES
    (1, 1, 2, 10, 'n', 1, '[2020-01-01,2020-02-01)'),
    (2, 1, NULL, NULL, NULL, 2, 'empty'),
    (3, 2, 1, NULL, '', 0, '(,)'),
    (4, 3, NULL, 7.5, NULL, 3, '[2020-01-01,)');
INSERT INTO contact VALUES (1, 'phone', '1', NULL), (2, 'email', NULL, 'e@x'), (3, 'phone', '2', 'f@x'), (4, 'none', NULL, NULL), (5, 'none', NULL, 'g@x');
INSERT INTO checked (id, a, b, c, d, e, f, g, h) VALUES
    (NULL, 1, NULL, 1, NULL, 1, NULL, NULL, NULL), (2, 2, 5, NULL, 2, NULL, 3, 1, 2), (3, 0, 1, 1, 1, 2, NULL, NULL, NULL);
INSERT INTO parent VALUES (1, 1, 1);
INSERT INTO child VALUES (2, NULL, 1, 1);
INSERT INTO measure VALUES ('2019-05-05', NULL, 1), ('2020-05-05', 2, 2);
INSERT INTO coded VALUES ('a', 'b'), ('b', NULL);
INSERT INTO secret VALUES (1), (2);
INSERT INTO deed VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO node VALUES (1, NULL, 'root'), (2, 1, NULL), (3, 2, 'leaf');
REFRESH MATERIALIZED VIEW totals;
