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
  INSERT INTO rooms AS r
    (id, slug, name, access_level, external_owner_id, created_by_application_id, created_at, updated_at)
  VALUES ($1::uuid, $2::text, $2::text, 'trusted', $3::uuid, $4::uuid, now(), now())
  ON CONFLICT DO NOTHING
  RETURNING ${COLUMNS}`;

const INSERT_ACCESS = `
  INSERT INTO room_accesses (id, room_id, person_id, role) VALUES ($1::uuid, $2::uuid, $3::uuid, 'owner')`;

const INSERT_AUDIT_EVENT = `
  INSERT INTO audit_events
    (id, at, actor_kind, actor_id, on_behalf_of_id, action, target_kind, target_id, ip, request_id, changes)
  VALUES
    ($1::uuid, now(), 'application', $2::uuid, $3::uuid, 'room.created', 'room', $4::uuid, '127.0.0.1', $1::text, $5::jsonb)`;

const IN_A_ROLE = `
  r.deleted_at IS NULL AND r.id IN (SELECT x.room_id FROM room_accesses x WHERE x.person_id = $1::uuid)`;

const COUNT_ROOMS = `SELECT count(*)::int AS count FROM rooms r WHERE ${IN_A_ROLE}`;

const LIST_ROOMS = `SELECT ${COLUMNS} FROM rooms r WHERE ${IN_A_ROLE} ORDER BY r.name, r.id LIMIT 20`;

export const ROOM_STATEMENTS = {
  READ_AUTHORITY,
  INSERT_ROOM,
  INSERT_ACCESS,
  INSERT_AUDIT_EVENT,
  COUNT_ROOMS,
  LIST_ROOMS,
};
