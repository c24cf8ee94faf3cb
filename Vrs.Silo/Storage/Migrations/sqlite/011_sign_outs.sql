-- Sign-ins that are over, until the last of their tokens would have ended by itself (Unix time in milliseconds).
CREATE TABLE sign_outs (
  number   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  sign_in  TEXT NOT NULL UNIQUE,
  until_ms INTEGER NOT NULL
);

CREATE INDEX sign_outs_by_end ON sign_outs (until_ms);
