-- One seal for each call record: a hash chain over the records of a UTC day, in order of sequence.
-- A record that is changed, taken out or put in afterwards breaks the chain of its day.
CREATE TABLE record_seals (
  sequence  INTEGER NOT NULL PRIMARY KEY,
  day       TEXT NOT NULL,
  digest    TEXT NOT NULL
);

CREATE INDEX record_seals_by_day ON record_seals (day, sequence);
