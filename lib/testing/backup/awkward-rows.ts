/** What the triggers and references of the tables would refuse or change, if a copy were made row by row. */
const STATEMENTS = `
  INSERT INTO staff_members (id, email, name, updated_at)
    VALUES ('00000000-0000-7000-8000-000000000001', 'ana@example.org', E'An\\u00e4 "the\\nfirst" \\\\ {}', '2026-01-02T03:04:05.678Z');
  INSERT INTO applications (id, name, client_id, scopes, is_active, deleted_at, updated_at) VALUES
    ('00000000-0000-7000-8000-000000000011', 'Calendar', 'calendar', '{rooms:create,rooms:list}', true, NULL, now()),
    ('00000000-0000-7000-8000-000000000012', 'Gone', 'gone', '{}', true, NULL, now());
  INSERT INTO application_secrets (id, application_id, hash, hint) VALUES
    ('00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000011', '$argon2id$v=19$m=1$b', 'bbbb');
  INSERT INTO application_secrets (id, application_id, hash, hint, replaced_by_id) VALUES
    ('00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000011', '$argon2id$v=19$m=1$a', 'aaaa',
     '00000000-0000-7000-8000-000000000022');
  INSERT INTO application_domains (id, application_id, domain)
    VALUES ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000011', 'example.com');
  INSERT INTO people (id, email, display_name, updated_at)
    VALUES ('00000000-0000-7000-8000-000000000041', 'zoe@example.com', E'Zo\\u00eb \\U0001F600 \\u2028', now());
  INSERT INTO rooms (id, slug, name, access_level, configuration, created_by_application_id, updated_at)
    VALUES ('00000000-0000-7000-8000-000000000051', 'abc-defg-hij', 'null', 'trusted',
      '{"a": null, "text": "it''s \\\\ \\"quoted\\"", "n": 12345678901234567890.123}', '00000000-0000-7000-8000-000000000012', now());
  UPDATE applications SET is_active = false, deleted_at = now() WHERE client_id = 'gone';
  INSERT INTO pick_up_links (id, application_id, token_hash, replaced_secret_ids, revoked_after_seconds, expires_at)
    VALUES ('00000000-0000-7000-8000-000000000061', '00000000-0000-7000-8000-000000000011', repeat('a', 64),
      '{00000000-0000-7000-8000-000000000021}', 60, now());
  INSERT INTO audit_events (id, actor_kind, actor_id, action, target_kind, changes) VALUES
    ('00000000-0000-7000-8000-000000000071', 'pick_up_link', NULL, 'secret.added', 'application', '{}'),
    ('00000000-0000-7000-8000-000000000072', 'application', NULL, 'room.created', 'room', '{"name": {"before": null, "after": ""}}');
  INSERT INTO activity (at, request_id, kind, method, path, status, application_id, is_proven, scopes, ip, duration_us)
    SELECT '2026-11-20T00:30:00Z'::timestamptz + n * interval '1 hour', 'request-' || n, 'token', 'POST', '/api/oauth/token',
      200, '00000000-0000-7000-8000-000000000011', true, CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '{}'::text[] ELSE '{rooms:list}' END,
      '::1', n
    FROM generate_series(1, 2500) n`;

/**
 * Fills a migrated database with rows that a careless copy would lose or change: references to what comes later and to
 * what was deleted, texts of all kinds, arrays, empty ones and none, and some thousand rows in one table.
 */
export async function storeAwkwardRows(run: (sql: string) => Promise<unknown>): Promise<void> {
  await run(STATEMENTS);
}
