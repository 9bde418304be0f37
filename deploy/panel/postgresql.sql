-- Creates the role and the database of a panel. Run it once, as a superuser of PostgreSQL 13 or newer:
--   sudo -u postgres psql -v ON_ERROR_STOP=1 -f postgresql.sql
--   sudo -u postgres psql -c '\password monitor'
-- and allow the replicas' addresses in pg_hba.conf:
--   hostssl monitor monitor 192.0.2.0/24 scram-sha-256

-- No rights beyond its own database. NOBYPASSRLS counts: row-level security is FORCEd on the tables of the tenants, so it
-- binds their owner too. A superuser, or a role with BYPASSRLS, would see the rows of all tenants.
CREATE ROLE monitor LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- The first start of a replica creates the tables, and later versions change them: so the role owns the database. UTF-8
-- for the names of users; C sorts by bytes, whatever the version of the system's library.
CREATE DATABASE monitor OWNER monitor TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE monitor FROM PUBLIC;

\connect monitor
ALTER SCHEMA public OWNER TO monitor;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
