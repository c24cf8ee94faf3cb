-- Days whose call records were erased because they were older than they are kept. Their seals stay.
CREATE TABLE record_erasures (
  day        TEXT NOT NULL PRIMARY KEY,
  erased_at  TEXT NOT NULL
);

CREATE TRIGGER record_erasures_no_update BEFORE UPDATE ON record_erasures
BEGIN
  SELECT RAISE(ABORT, 'record_erasures is never changed');
END;

CREATE TRIGGER record_erasures_no_delete BEFORE DELETE ON record_erasures
BEGIN
  SELECT RAISE(ABORT, 'record_erasures is never changed');
END;

-- A record may go when its day is erased.
DROP TRIGGER call_records_no_delete;

CREATE TRIGGER call_records_no_delete BEFORE DELETE ON call_records
WHEN NOT EXISTS (SELECT 1 FROM record_erasures WHERE day = substr(OLD.ended_at, 1, 10))
BEGIN
  SELECT RAISE(ABORT, 'call_records is never changed');
END;
