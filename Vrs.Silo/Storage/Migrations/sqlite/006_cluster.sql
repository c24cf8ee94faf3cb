-- A cluster shares a PostgreSQL database; the one process that has this file has nobody to find.
SELECT 1;
