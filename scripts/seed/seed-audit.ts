import { type AuditAction, type AuditChanges, type AuditEventInput, targetKindOf } from "@/lib/audit/audit-event";
import { DEACTIVATED_DAYS_AGO } from "./application-kinds";
import type { SeededApplication } from "./seed-applications";
import type { SeededPerson, SeededRoom } from "./seed-people-and-rooms";
import type { SeededStaff } from "./seed-staff";
import { daysAgo, type Seed } from "./seed-world";

type By = { actorKind: "staff" | "application" | "system"; actorId: string | null; onBehalfOfId?: string };

/** Stores the events that what was seeded would have left, each at its moment. */
export async function seedAudit(
  seed: Seed,
  world: { staff: SeededStaff[]; applications: SeededApplication[]; people: SeededPerson[]; rooms: SeededRoom[] },
): Promise<void> {
  const { database, random } = seed;
  const rows: Parameters<typeof database.auditEvent.createMany>[0] = { data: [] };
  const data = rows.data as object[];

  function add<Action extends AuditAction>(at: Date, by: By, event: AuditEventInput<Action>) {
    const changes: AuditChanges<Action> = event.changes ?? {};
    const request = { ip: random.address(), requestId: random.uuid() };
    data.push({ id: random.uuid(), at, ...by, ...event, targetKind: targetKindOf(event.action), changes, ...request });
  }

  const writers = world.staff.filter(({ role }) => role !== "viewer");
  for (const { id, name, clientId, scopes, domains, isInactive, createdAt, createdById } of world.applications) {
    const by: By = { actorKind: "staff", actorId: createdById };
    const made = (after: string | boolean | readonly string[]) => ({ before: null, after });
    const changes = {
      name: made(name),
      clientId: made(clientId),
      scopes: made(scopes),
      domains: made(domains),
      isActive: made(true),
    };
    add(createdAt, by, { action: "application.created", targetId: id, changes });
    if (isInactive) {
      const off = { isActive: { before: true, after: false } };
      const other: By = { ...by, actorId: random.pick(writers).id };
      add(daysAgo(seed, DEACTIVATED_DAYS_AGO), other, {
        action: "application.deactivated",
        targetId: id,
        changes: off,
      });
    }
  }
  for (const { id, slug, name, applicationId, personId, createdAt } of world.rooms) {
    const changes = { slug: { before: null, after: slug }, name: { before: null, after: name } };
    const by: By = { actorKind: "application", actorId: applicationId, onBehalfOfId: personId };
    add(createdAt, by, { action: "room.created", targetId: id, changes });
  }
  for (const { id, createdByApplicationId, createdAt } of world.people) {
    if (createdByApplicationId === null) continue;
    const changes = { isActive: { before: null, after: true }, isDelegationAllowed: { before: null, after: true } };
    const by: By = { actorKind: "application", actorId: createdByApplicationId, onBehalfOfId: id };
    add(createdAt, by, { action: "person.created", targetId: id, changes });
  }
  for (let day = 30; day >= 1; day -= 1) {
    for (const { id } of world.staff) {
      const by: By = { actorKind: "staff", actorId: id };
      const at = daysAgo(seed, day - random.whole(0, 9) / 100);
      if (random.chance(0.6)) add(at, by, { action: "staff.signed_in", targetId: id });
    }
    if (random.chance(0.2)) {
      const by: By = { actorKind: "system", actorId: null };
      add(daysAgo(seed, day), by, { action: "staff.sign_in_failed", targetId: null });
    }
  }
  await database.auditEvent.createMany(rows);
}
