-- Who did what to which call, when, from where, with what outcome. Rows are added and never changed; whole days are
-- erased when their time is over, and then stand in audit_erasures.
CREATE TABLE audit_events (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject    text NOT NULL CHECK (length(subject) > 0),
  number     bigint NOT NULL,
  at         text NOT NULL CHECK (length(at) = 24),
  actor      text NOT NULL CHECK (length(actor) > 0),
  role       text NOT NULL CHECK (length(role) > 0),
  action     text NOT NULL CHECK (length(action) > 0),
  outcome    text NOT NULL CHECK (length(outcome) > 0),
  call_id    text,
  session_id text,
  address    text,
  detail     text,
  UNIQUE (subject, number)
);

CREATE INDEX audit_events_by_time ON audit_events (at);
CREATE INDEX audit_events_by_call ON audit_events (call_id);
CREATE INDEX audit_events_by_actor ON audit_events (actor, at);

-- One seal for each event, in the order of sealing: a hash chain over the events of each UTC day.
CREATE TABLE audit_seals (
  position   bigint NOT NULL PRIMARY KEY,
  event_id   bigint NOT NULL UNIQUE,
  day        text NOT NULL,
  digest     text NOT NULL
);

CREATE INDEX audit_seals_by_day ON audit_seals (day, position);

-- Days whose events were erased because they were older than they are kept. Their seals stay.
CREATE TABLE audit_erasures (
  day        text NOT NULL PRIMARY KEY,
  erased_at  text NOT NULL
);

-- What is written stays as it is. An event may go when its day is erased.
CREATE FUNCTION vrs_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed', TG_TABLE_NAME;
END
$$;

CREATE FUNCTION vrs_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit_erasures WHERE day = substr(OLD.at, 1, 10)) THEN
    RAISE EXCEPTION '% is never changed', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
FOR EACH ROW EXECUTE FUNCTION vrs_never_changed();
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
FOR EACH ROW EXECUTE FUNCTION vrs_only_erased();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION vrs_never_changed();

CREATE TRIGGER audit_seals_no_change BEFORE UPDATE OR DELETE ON audit_seals
FOR EACH ROW EXECUTE FUNCTION vrs_never_changed();
CREATE TRIGGER audit_seals_no_truncate BEFORE TRUNCATE ON audit_seals
FOR EACH STATEMENT EXECUTE FUNCTION vrs_never_changed();

CREATE TRIGGER audit_erasures_no_change BEFORE UPDATE OR DELETE ON audit_erasures
FOR EACH ROW EXECUTE FUNCTION vrs_never_changed();
CREATE TRIGGER audit_erasures_no_truncate BEFORE TRUNCATE ON audit_erasures
FOR EACH STATEMENT EXECUTE FUNCTION vrs_never_changed();

CREATE TRIGGER call_records_no_change BEFORE UPDATE OR DELETE ON call_records
FOR EACH ROW EXECUTE FUNCTION vrs_never_changed();
CREATE TRIGGER call_records_no_truncate BEFORE TRUNCATE ON call_records
FOR EACH STATEMENT EXECUTE FUNCTION vrs_never_changed();

CREATE TRIGGER record_seals_no_change BEFORE UPDATE OR DELETE ON record_seals
FOR EACH ROW EXECUTE FUNCTION vrs_never_changed();
CREATE TRIGGER record_seals_no_truncate BEFORE TRUNCATE ON record_seals
FOR EACH STATEMENT EXECUTE FUNCTION vrs_never_changed();
