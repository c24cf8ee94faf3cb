-- State of grains. The version is the ETag: a write names the version it was made from.
CREATE TABLE grain_state (
  grain_type text   NOT NULL,
  grain_key  text   NOT NULL,
  state_name text   NOT NULL,
  version    bigint NOT NULL,
  body       text   NOT NULL,
  written_at text   NOT NULL,
  PRIMARY KEY (grain_type, grain_key, state_name)
);

-- Timers of grains that survive deactivation and restarts.
CREATE TABLE reminders (
  grain_type text   NOT NULL,
  grain_key  text   NOT NULL,
  name       text   NOT NULL,
  start_ms   bigint NOT NULL,
  period_ms  bigint NOT NULL,
  PRIMARY KEY (grain_type, grain_key, name)
);
