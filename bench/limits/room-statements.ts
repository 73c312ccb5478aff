// What a call of the rooms API has to ask and to write, as statements on the product's own tables.

/** Whether a token still stands: application, secret, domains, person, lists. The product asks the same on every call. */
const READ_AUTHORITY = `
  SELECT a.id AS "applicationId", a.is_active AS "isActive", a.credential_version AS "credentialVersion", a.scopes,
    ARRAY(SELECT d.domain FROM application_domains d WHERE d.application_id = a.id) AS domains,
    s.id IS NOT NULL AND s.compromised_at IS NULL AND s.revoked_at IS NULL AS "hasSecret",
    EXISTS (SELECT 1 FROM revoked_tokens r WHERE r.jti = $4) AS "isRevoked",
    (SELECT c.tokens_revoked_at FROM token_cutoff c) AS "allRevokedAt",
    p.id AS "personId", p.is_active AS "isPersonActive", p.is_delegation_allowed AS "isDelegationAllowed",
    m.is_impersonation_allowed AS "isImpersonationAllowed", l.effect AS listing,
    EXISTS (
      SELECT 1 FROM application_person_rules w WHERE w.application_id = a.id AND w.effect = 'allow'
    ) AS "hasAllowList"
  FROM applications a
  LEFT JOIN application_secrets s ON s.application_id = a.id AND s.id = $2::uuid
  LEFT JOIN people p ON p.id = $3::uuid
  LEFT JOIN staff_members m ON m.email = p.email
  LEFT JOIN application_person_rules l ON l.application_id = a.id AND l.email = p.email
  WHERE a.client_id = $1 AND a.deleted_at IS NULL`;

const COLUMNS = `r.id, r.name, r.slug, r.access_level, r.configuration`;

const INSERT_ROOM = `
  WITH made AS (
    INSERT INTO rooms AS r
      (id, slug, name, access_level, external_owner_id, created_by_application_id, created_at, updated_at)
    VALUES ($1::uuid, $2::text, $2::text, 'trusted', $3::uuid, $4::uuid, now(), now())
    ON CONFLICT DO NOTHING
    RETURNING ${COLUMNS}
  ), owner AS (
    INSERT INTO room_accesses (id, room_id, person_id, role) SELECT $5::uuid, id, $3::uuid, 'owner' FROM made
  ), event AS (
    INSERT INTO audit_events
      (id, at, actor_kind, actor_id, on_behalf_of_id, action, target_kind, target_id, ip, request_id, changes)
    SELECT $6::uuid, now(), 'application', $4::uuid, $3::uuid, 'room.created', 'room', id, '127.0.0.1', $6::text, $7::jsonb
    FROM made
  )
  SELECT * FROM made`;

// It begins with the roles of the person and looks each room up: left to itself the planner may go through everybody's rooms.
const LIST_ROOMS = `
  WITH mine AS MATERIALIZED (
    SELECT found.id, found.name FROM room_accesses x, LATERAL (
      SELECT r.id, r.name FROM rooms r WHERE r.id = x.room_id AND r.deleted_at IS NULL OFFSET 0
    ) AS found
    WHERE x.person_id = $1::uuid
  )
  SELECT ${COLUMNS}, (SELECT count(*)::int FROM mine) AS count
  FROM (SELECT id FROM mine ORDER BY name, id LIMIT 20) AS page JOIN rooms r ON r.id = page.id
  ORDER BY r.name, r.id`;

export const ROOM_STATEMENTS = {
  READ_AUTHORITY,
  INSERT_ROOM,
  LIST_ROOMS,
};
