-- Why an interpreter was reserved for a call: one row for each offer. Rows are only added, and removed when they are
-- older than Storage:DecisionRetention. No names, no telephone numbers, no content.
-- The explanation is JSON: filters with their counts, those considered with the keys of their order.
CREATE TABLE allocation_decisions (
  pool           TEXT    NOT NULL,
  number         INTEGER NOT NULL,
  decided_at     TEXT    NOT NULL,
  call_id        TEXT    NOT NULL,
  winner         TEXT    NOT NULL,
  priority       TEXT    NOT NULL,
  waited_seconds INTEGER NOT NULL,
  preference     TEXT    NOT NULL,
  consent        TEXT,
  explanation    TEXT    NOT NULL,
  PRIMARY KEY (pool, number)
) WITHOUT ROWID;

CREATE INDEX allocation_decisions_by_time ON allocation_decisions (decided_at);
CREATE INDEX allocation_decisions_by_call ON allocation_decisions (call_id);
