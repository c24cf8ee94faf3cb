-- One row that is written to see whether writes are taken.
CREATE TABLE storage_probe (
  id         integer NOT NULL PRIMARY KEY,
  written_at text NOT NULL
);
