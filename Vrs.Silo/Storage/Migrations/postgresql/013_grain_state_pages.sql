-- State is written again and again: with room left in its page a changed row stays there, and the index need not
-- follow.
ALTER TABLE grain_state SET (fillfactor = 60);
