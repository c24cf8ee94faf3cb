-- Sign-ins that are over, until the last of their tokens would have ended by itself (Unix time in milliseconds).
CREATE TABLE sign_outs (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sign_in  text NOT NULL UNIQUE,
  until_ms bigint NOT NULL
);

CREATE INDEX sign_outs_by_end ON sign_outs (until_ms);
