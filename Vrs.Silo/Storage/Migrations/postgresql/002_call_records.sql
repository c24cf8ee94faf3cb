-- One row for each call that ended: the fields of 47 CFR 64.604(c)(5)(iii)(D)(2), and what
-- speed-of-answer reports need.
-- Times are UTC, ISO 8601 (yyyy-MM-ddTHH:mm:ss.fffZ), so they sort as text. No content, ever.
-- The sequence is the call record ID sequence: the writer, who is alone, gives the next number at insertion.
CREATE TABLE call_records (
  call_id              text NOT NULL PRIMARY KEY,
  sequence             bigint NOT NULL UNIQUE,
  session_id           text NOT NULL,
  ca_id                text NOT NULL,
  direction            text NOT NULL,
  priority             text NOT NULL,
  pool                 text NOT NULL,
  end_reason           text NOT NULL,
  arrived_at           text NOT NULL,
  answered_at          text,
  ended_at             text NOT NULL,
  session_start        text,
  session_end          text,
  conversation_start   text,
  conversation_end     text,
  incoming_number      text,
  incoming_address     text,
  outbound_number      text,
  outbound_address     text,
  session_seconds      bigint NOT NULL,
  conversation_seconds bigint NOT NULL,
  handling_location    text NOT NULL,
  url                  text NOT NULL
);

CREATE INDEX call_records_by_end ON call_records (ended_at);
CREATE INDEX call_records_by_session ON call_records (session_id);
