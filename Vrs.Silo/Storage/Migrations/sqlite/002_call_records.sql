-- One row for each call that ended: the fields of 47 CFR 64.604(c)(5)(iii)(D)(2), and what
-- speed-of-answer reports need.
-- Times are UTC, ISO 8601 (yyyy-MM-ddTHH:mm:ss.fffZ), so they sort as text. No content, ever.
-- The sequence is the call record ID sequence: the writer, who is alone, gives the next number at insertion.
CREATE TABLE call_records (
  call_id              TEXT NOT NULL PRIMARY KEY,
  sequence             INTEGER NOT NULL UNIQUE,
  session_id           TEXT NOT NULL,
  ca_id                TEXT NOT NULL,
  direction            TEXT NOT NULL,
  priority             TEXT NOT NULL,
  pool                 TEXT NOT NULL,
  end_reason           TEXT NOT NULL,
  arrived_at           TEXT NOT NULL,
  answered_at          TEXT,
  ended_at             TEXT NOT NULL,
  session_start        TEXT,
  session_end          TEXT,
  conversation_start   TEXT,
  conversation_end     TEXT,
  incoming_number      TEXT,
  incoming_address     TEXT,
  outbound_number      TEXT,
  outbound_address     TEXT,
  session_seconds      INTEGER NOT NULL,
  conversation_seconds INTEGER NOT NULL,
  handling_location    TEXT NOT NULL,
  url                  TEXT NOT NULL
);

CREATE INDEX call_records_by_end ON call_records (ended_at);
CREATE INDEX call_records_by_session ON call_records (session_id);
