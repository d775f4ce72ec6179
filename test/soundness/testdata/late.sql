-- What the replay alone has: a server would not look at the rows that were there before.
ALTER TABLE e ADD CONSTRAINT t_late CHECK (t IS NOT NULL) NOT VALID;
ALTER TABLE e ADD CONSTRAINT a_late FOREIGN KEY (a_late) REFERENCES a NOT VALID;
