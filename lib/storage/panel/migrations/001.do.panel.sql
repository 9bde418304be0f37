-- All state of a panel that must survive Redis (contract 14). Times are milliseconds since the epoch.
-- Every table of a tenant has its tenant_id, and a policy that hides the rows of other tenants: a second lock behind the
-- WHERE clauses. `monitor.tenant_id` is a tenant's id, or * for the maintenance of all tenants; unset hides every row.

CREATE TABLE system_preferences (
  key text PRIMARY KEY,
  value text NOT NULL
);

-- Tenant 0 is the operator's own. Its owner and the owners of the other tenants are user 1 of their tenant.
CREATE TABLE tenants (
  id integer PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  created_at bigint NOT NULL,
  enabled boolean NOT NULL DEFAULT false,
  configured boolean NOT NULL DEFAULT false,
  declined boolean NOT NULL DEFAULT false,
  terminal_without_auth boolean NOT NULL DEFAULT false,
  next_user_id integer NOT NULL DEFAULT 2,
  next_reseller_id integer NOT NULL DEFAULT 1,
  -- SHA-256 of the code that the first launch asks for, and when the code ends.
  setup_code_hash text,
  setup_code_ends_at bigint
);
CREATE SEQUENCE tenant_ids START 1;

CREATE TABLE resellers (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  id integer NOT NULL,
  name text NOT NULL,
  balance numeric(14, 2) NOT NULL DEFAULT 0,
  is_active boolean NOT NULL DEFAULT true,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE users (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  id integer NOT NULL,
  username text NOT NULL,
  -- The name as the login compares it.
  name_key text NOT NULL,
  password_hash text NOT NULL,
  -- Iterations of password_hash: a login with an unknown name takes as long as one with the most expensive hash.
  iterations integer NOT NULL,
  display_name text NOT NULL DEFAULT '',
  email text NOT NULL DEFAULT '',
  user_type text NOT NULL,
  reseller_id integer NOT NULL DEFAULT 0,
  is_active boolean NOT NULL DEFAULT true,
  permissions text[] NOT NULL DEFAULT '{}',
  allowed_ips text NOT NULL DEFAULT '',
  totp_enabled boolean NOT NULL DEFAULT false,
  -- Encrypted; see encryption.ts.
  totp_secret text,
  totp_pending jsonb,
  backup_codes jsonb NOT NULL DEFAULT '[]',
  last_totp_counter bigint NOT NULL DEFAULT -1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name_key)
);
CREATE INDEX users_by_reseller ON users (tenant_id, reseller_id);
CREATE INDEX users_by_iterations ON users (tenant_id, iterations);
-- For a change of the encryption key.
CREATE INDEX users_with_secrets ON users (tenant_id, id) WHERE totp_secret IS NOT NULL OR totp_pending IS NOT NULL;

CREATE TABLE api_tokens (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  id text NOT NULL,
  user_id integer NOT NULL,
  name text NOT NULL,
  token_hash text NOT NULL,
  token_prefix text NOT NULL,
  created_at text NOT NULL,
  expires_at text NOT NULL,
  signed_with text,
  scope text,
  allowed_ips text,
  ends_at text,
  -- The order in which tokens were minted.
  minted bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, token_hash)
);
CREATE INDEX api_tokens_by_user ON api_tokens (tenant_id, user_id, minted);

CREATE TABLE revoked_tokens (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  token_hash text NOT NULL,
  PRIMARY KEY (tenant_id, token_hash)
);

CREATE TABLE token_uses (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  token_hash text NOT NULL,
  used_at bigint NOT NULL,
  address text NOT NULL,
  PRIMARY KEY (tenant_id, token_hash)
);

CREATE TABLE sessions (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  sid text NOT NULL,
  user_id integer NOT NULL,
  credential text NOT NULL,
  amr text[] NOT NULL,
  address text NOT NULL,
  user_agent text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  last_used_at bigint NOT NULL,
  unusual boolean NOT NULL,
  PRIMARY KEY (tenant_id, sid)
);
CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id, last_used_at DESC);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE refresh_tokens (
  tenant_id integer NOT NULL,
  hash text NOT NULL,
  sid text NOT NULL,
  expires_at bigint NOT NULL,
  replaced_by text,
  replaced_at bigint,
  PRIMARY KEY (tenant_id, hash),
  FOREIGN KEY (tenant_id, sid) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (tenant_id, sid);

CREATE TABLE seen_addresses (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  user_id integer NOT NULL,
  address text NOT NULL,
  seen_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, user_id, address)
);
CREATE INDEX seen_addresses_by_time ON seen_addresses (seen_at);

CREATE TABLE avatars (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  user_id integer NOT NULL,
  etag text NOT NULL,
  modified_at bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);

CREATE TABLE audit_events (
  tenant_id integer NOT NULL REFERENCES tenants ON DELETE CASCADE,
  id bigint NOT NULL,
  at bigint NOT NULL,
  level text NOT NULL,
  event text NOT NULL,
  address text NOT NULL,
  username text NOT NULL,
  target text,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_by_time ON audit_events (tenant_id, at, id);
CREATE INDEX audit_by_event ON audit_events (tenant_id, event, id);
CREATE INDEX audit_by_username ON audit_events (tenant_id, username, id);
CREATE INDEX audit_by_address ON audit_events (tenant_id, address, id);

-- The ends of each tenant's chain: the last written entry (head), and the last pruned one (anchor).
CREATE TABLE audit_ends (
  tenant_id integer PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
  head_id bigint NOT NULL DEFAULT 0,
  head_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  anchor_id bigint NOT NULL DEFAULT 0,
  anchor_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
);
CREATE INDEX audit_ends_by_length ON audit_ends ((head_id - anchor_id));

-- The replicas of this panel (contract 15).
CREATE TABLE hosts (
  id text PRIMARY KEY,
  name text NOT NULL,
  url text NOT NULL,
  version text NOT NULL,
  health text NOT NULL,
  last_seen_at bigint NOT NULL
);

INSERT INTO tenants (id, slug, name, created_at)
VALUES (0, '', 'Operator', (extract(epoch FROM now()) * 1000)::bigint);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['resellers', 'users', 'api_tokens', 'revoked_tokens', 'token_uses', 'sessions',
    'refresh_tokens', 'seen_addresses', 'avatars', 'audit_events', 'audit_ends']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    -- FORCE: the owner of the tables, who runs the daemon, is subject to the policy too.
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I USING (current_setting(''monitor.tenant_id'', true) IN (''*'', tenant_id::text))',
      name
    );
  END LOOP;
END $$;
