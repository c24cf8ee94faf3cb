-- State is written again and again, and a state is longer than what an index page holds of one entry. So rows live in a
-- table of their own with an index beside it: a change of one writes one page, where it wrote four.
CREATE TABLE grain_state_by_row (
  grain_type TEXT    NOT NULL,
  grain_key  TEXT    NOT NULL,
  state_name TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  body       TEXT    NOT NULL,
  written_at TEXT    NOT NULL,
  PRIMARY KEY (grain_type, grain_key, state_name)
);

INSERT INTO grain_state_by_row (grain_type, grain_key, state_name, version, body, written_at)
SELECT grain_type, grain_key, state_name, version, body, written_at FROM grain_state;

DROP TABLE grain_state;

ALTER TABLE grain_state_by_row RENAME TO grain_state;
