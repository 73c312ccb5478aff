import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import type { AuditChange, AuditChanges, AuditValue } from "@/lib/audit/audit-event";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { UpdateApplication } from "./application.schema";
import { lockApplication } from "./lock-application";

const EDITABLE_FIELDS = ["name", "description", "ownerContact", "scopes"] as const;
type EditableField = (typeof EDITABLE_FIELDS)[number];
type EditableState = Record<"name" | "description" | "ownerContact", string> & { scopes: string[] };

/**
 * Changes what an application is called and may do. Its client id and its secrets are not this verb's to touch: they
 * stay valid and the same. Nor is for whom it may act. What did not change is not written, and an edit that changes nothing leaves no audit event.
 * Throws AppError `not_found`.
 */
export async function updateApplication(input: UpdateApplication, actor: StaffActor): Promise<void> {
  const { applicationId } = input;
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const before = await readEditable(tx, applicationId);
    const changes = compare(before, input);
    if (Object.keys(changes).length === 0) return;
    const { name, description, ownerContact, scopes } = input;
    await tx.application.update({
      where: { id: applicationId },
      data: { name, description, ownerContact, scopes },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.updated",
      targetKind: "application",
      targetId: applicationId,
      changes,
    });
  });
}

async function readEditable(tx: Transaction, applicationId: string): Promise<EditableState> {
  const row = await tx.application.findUnique({
    where: { id: applicationId },
    select: {
      name: true,
      description: true,
      ownerContact: true,
      scopes: true,
    },
  });
  if (row === null) throw new AppError("not_found", "not_found");
  return row;
}

function compare(before: EditableState, after: EditableState): AuditChanges<"application.updated"> {
  const changes: { [Field in EditableField]?: AuditChange } = {};
  for (const field of EDITABLE_FIELDS) {
    if (!isSame(before[field], after[field])) changes[field] = { before: before[field], after: after[field] };
  }
  return changes;
}

/** Lists are sets here: their order means nothing. */
function isSame(before: AuditValue, after: AuditValue): boolean {
  const comparable = (value: AuditValue) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
  return comparable(before) === comparable(after);
}
