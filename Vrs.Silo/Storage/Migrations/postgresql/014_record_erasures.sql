-- Days whose call records were erased because they were older than they are kept. Their seals stay.
CREATE TABLE record_erasures (
  day        text NOT NULL PRIMARY KEY,
  erased_at  text NOT NULL
);

CREATE TRIGGER record_erasures_no_change BEFORE UPDATE OR DELETE ON record_erasures
FOR EACH ROW EXECUTE FUNCTION vrs_never_changed();
CREATE TRIGGER record_erasures_no_truncate BEFORE TRUNCATE ON record_erasures
FOR EACH STATEMENT EXECUTE FUNCTION vrs_never_changed();

-- A record may go when its day is erased.
CREATE FUNCTION vrs_only_erased_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM record_erasures WHERE day = substr(OLD.ended_at, 1, 10)) THEN
    RAISE EXCEPTION '% is never changed', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END
$$;

DROP TRIGGER call_records_no_change ON call_records;
CREATE TRIGGER call_records_no_update BEFORE UPDATE ON call_records
FOR EACH ROW EXECUTE FUNCTION vrs_never_changed();
CREATE TRIGGER call_records_no_delete BEFORE DELETE ON call_records
FOR EACH ROW EXECUTE FUNCTION vrs_only_erased_records();
