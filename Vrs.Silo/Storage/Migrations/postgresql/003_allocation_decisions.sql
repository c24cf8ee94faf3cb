-- Why an interpreter was reserved for a call: one row for each offer. Rows are only added, and removed when they are
-- older than Storage:DecisionRetention. No names, no telephone numbers, no content.
-- The explanation is JSON: filters with their counts, those considered with the keys of their order.
CREATE TABLE allocation_decisions (
  pool           text   NOT NULL,
  number         bigint NOT NULL,
  decided_at     text   NOT NULL,
  call_id        text   NOT NULL,
  winner         text   NOT NULL,
  priority       text   NOT NULL,
  waited_seconds bigint NOT NULL,
  preference     text   NOT NULL,
  consent        text,
  explanation    text   NOT NULL,
  PRIMARY KEY (pool, number)
);

CREATE INDEX allocation_decisions_by_time ON allocation_decisions (decided_at);
CREATE INDEX allocation_decisions_by_call ON allocation_decisions (call_id);
