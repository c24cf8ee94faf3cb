-- Operators and auditors know a call by its Session-ID.
CREATE INDEX audit_events_by_session ON audit_events (session_id);
