-- Who did what to which call, when, from where, with what outcome. Rows are added and never changed; whole days are
-- erased when their time is over, and then stand in audit_erasures.
CREATE TABLE audit_events (
  id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  subject    TEXT NOT NULL CHECK (length(subject) > 0),
  number     INTEGER NOT NULL,
  at         TEXT NOT NULL CHECK (length(at) = 24),
  actor      TEXT NOT NULL CHECK (length(actor) > 0),
  role       TEXT NOT NULL CHECK (length(role) > 0),
  action     TEXT NOT NULL CHECK (length(action) > 0),
  outcome    TEXT NOT NULL CHECK (length(outcome) > 0),
  call_id    TEXT,
  session_id TEXT,
  address    TEXT,
  detail     TEXT,
  UNIQUE (subject, number)
);

CREATE INDEX audit_events_by_time ON audit_events (at);
CREATE INDEX audit_events_by_call ON audit_events (call_id);
CREATE INDEX audit_events_by_actor ON audit_events (actor, at);

-- One seal for each event, in the order of sealing: a hash chain over the events of each UTC day.
CREATE TABLE audit_seals (
  position   INTEGER NOT NULL PRIMARY KEY,
  event_id   INTEGER NOT NULL UNIQUE,
  day        TEXT NOT NULL,
  digest     TEXT NOT NULL
);

CREATE INDEX audit_seals_by_day ON audit_seals (day, position);

-- Days whose events were erased because they were older than they are kept. Their seals stay.
CREATE TABLE audit_erasures (
  day        TEXT NOT NULL PRIMARY KEY,
  erased_at  TEXT NOT NULL
);

-- What is written stays as it is. An event may go when its day is erased.
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit_events is never changed');
END;

CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
WHEN NOT EXISTS (SELECT 1 FROM audit_erasures WHERE day = substr(OLD.at, 1, 10))
BEGIN
  SELECT RAISE(ABORT, 'audit_events is never changed');
END;

CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals
BEGIN
  SELECT RAISE(ABORT, 'audit_seals is never changed');
END;

CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals
BEGIN
  SELECT RAISE(ABORT, 'audit_seals is never changed');
END;

CREATE TRIGGER audit_erasures_no_update BEFORE UPDATE ON audit_erasures
BEGIN
  SELECT RAISE(ABORT, 'audit_erasures is never changed');
END;

CREATE TRIGGER audit_erasures_no_delete BEFORE DELETE ON audit_erasures
BEGIN
  SELECT RAISE(ABORT, 'audit_erasures is never changed');
END;

CREATE TRIGGER call_records_no_update BEFORE UPDATE ON call_records
BEGIN
  SELECT RAISE(ABORT, 'call_records is never changed');
END;

CREATE TRIGGER call_records_no_delete BEFORE DELETE ON call_records
BEGIN
  SELECT RAISE(ABORT, 'call_records is never changed');
END;

CREATE TRIGGER record_seals_no_update BEFORE UPDATE ON record_seals
BEGIN
  SELECT RAISE(ABORT, 'record_seals is never changed');
END;

CREATE TRIGGER record_seals_no_delete BEFORE DELETE ON record_seals
BEGIN
  SELECT RAISE(ABORT, 'record_seals is never changed');
END;
