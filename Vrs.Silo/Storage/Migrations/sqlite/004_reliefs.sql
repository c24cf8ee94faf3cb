-- How often the interpreter of a call was relieved, how often before her minimum stay was over, and how often
-- relief was asked for before then (47 CFR 64.604(a)(1)(v)). Null for none.
ALTER TABLE call_records ADD COLUMN reliefs INTEGER;
ALTER TABLE call_records ADD COLUMN early_reliefs INTEGER;
ALTER TABLE call_records ADD COLUMN early_relief_requests INTEGER;
