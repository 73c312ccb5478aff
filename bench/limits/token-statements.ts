// The tables and statements of the bare token endpoint: what has to be true at the moment of a token, read in one
// statement, and its trace as one row in a table that has no index but that of time.

/** One row that was asked for; `place` counts the questions from 1. */
export type Client = {
  place: string;
  applicationId: string;
  credentialId: string;
  personId: string;
  isActive: boolean;
  secret: string;
  scopes: string[];
  domains: string[];
};

export type Trace = { applicationId: string; credentialId: string; personId: string; scope: string; jti: string };

/** Makes the tables, with `count` clients, a secret and a person each. */
export const createTables = (count: number) => `
  CREATE TABLE clients (
    id uuid PRIMARY KEY, client_id text NOT NULL UNIQUE, is_active boolean NOT NULL, scopes text[] NOT NULL);
  CREATE TABLE secrets (
    id uuid PRIMARY KEY, client uuid NOT NULL REFERENCES clients, secret text NOT NULL, expires_at timestamptz);
  CREATE INDEX ON secrets (client);
  CREATE TABLE domains (client uuid NOT NULL REFERENCES clients, domain text NOT NULL, PRIMARY KEY (client, domain));
  CREATE TABLE persons (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, is_active boolean NOT NULL);
  CREATE TABLE traces (
    at timestamptz NOT NULL DEFAULT now(), application_id uuid NOT NULL, credential_id uuid NOT NULL,
    person_id uuid NOT NULL, method text NOT NULL, path text NOT NULL, status smallint NOT NULL, scope text NOT NULL,
    jti uuid NOT NULL, ip inet NOT NULL, request_id uuid NOT NULL);
  CREATE INDEX ON traces USING brin (at);
  INSERT INTO clients
    SELECT gen_random_uuid(), 'client-' || n, true, '{rooms:create,rooms:list}' FROM generate_series(0, ${count}) AS n;
  INSERT INTO secrets SELECT gen_random_uuid(), id, 'secret-of-' || client_id, NULL FROM clients;
  INSERT INTO persons SELECT gen_random_uuid(), 'person-' || n || '@bench.example', true FROM generate_series(0, ${count}) AS n;
  ANALYZE;`;

export const READ_CLIENTS = `
  SELECT asked.place, c.id AS "applicationId", s.id AS "credentialId", p.id AS "personId",
    c.is_active AND p.is_active AS "isActive", s.secret, c.scopes,
    ARRAY(SELECT d.domain FROM domains d WHERE d.client = c.id) AS domains
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (client_id, email, place)
  JOIN clients c ON c.client_id = asked.client_id
  JOIN secrets s ON s.client = c.id AND (s.expires_at IS NULL OR s.expires_at > now())
  JOIN persons p ON p.email = asked.email`;

export const INSERT_TRACES = `
  INSERT INTO traces (application_id, credential_id, person_id, method, path, status, scope, jti, ip, request_id)
  SELECT application_id, credential_id, person_id, 'POST', '/api/oauth/token', 200, scope, jti, '127.0.0.1', jti
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[])
    AS made (application_id, credential_id, person_id, scope, jti)`;
