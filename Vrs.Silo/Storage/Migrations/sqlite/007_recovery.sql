-- One row that is written to see whether writes are taken.
CREATE TABLE storage_probe (
  id         INTEGER NOT NULL PRIMARY KEY,
  written_at TEXT NOT NULL
);
