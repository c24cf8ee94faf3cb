-- Whom the Deaf party of a call wished for as her interpreter (gender=female;named=ines;wait=60), what she had agreed
-- to otherwise (anyone, keepWaiting), and what became of it (met, fellBack, notMet). Null when she wished for nobody.
ALTER TABLE call_records ADD COLUMN preference TEXT;
ALTER TABLE call_records ADD COLUMN preference_consent TEXT;
ALTER TABLE call_records ADD COLUMN preference_outcome TEXT;
