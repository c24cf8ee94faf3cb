-- State of grains. The version is the ETag: a write names the version it was made from.
CREATE TABLE grain_state (
  grain_type TEXT    NOT NULL,
  grain_key  TEXT    NOT NULL,
  state_name TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  body       TEXT    NOT NULL,
  written_at TEXT    NOT NULL,
  PRIMARY KEY (grain_type, grain_key, state_name)
) WITHOUT ROWID;

-- Timers of grains that survive deactivation and restarts.
CREATE TABLE reminders (
  grain_type TEXT    NOT NULL,
  grain_key  TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  start_ms   INTEGER NOT NULL,
  period_ms  INTEGER NOT NULL,
  PRIMARY KEY (grain_type, grain_key, name)
) WITHOUT ROWID;
