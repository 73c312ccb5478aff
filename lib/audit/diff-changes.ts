import "server-only";

import type { AuditValue } from "./audit-event";
import type { AuditFieldChange } from "./log/audit-log.types";

/**
 * Says what changed in each field of a stored event, in the order in which they were stored. Whatever else may stand in
 * the column is left out: a row of an unknown version must not take the page down.
 */
export function diffChanges(stored: unknown): AuditFieldChange[] {
  if (!isRecord(stored)) return [];
  return Object.entries(stored).flatMap(([field, change]): AuditFieldChange[] => {
    if (!isRecord(change)) return [];
    const [before, after] = [toValue(change.before), toValue(change.after)];
    const isNew = before === null;
    if (!isList(before) && !isList(after)) return [{ kind: "value", field, isNew, before, after }];
    return [{ kind: "list", field, isNew, ...diffLists(toList(before), toList(after)) }];
  });
}

function diffLists(before: readonly string[], after: readonly string[]) {
  return {
    added: after.filter((item) => !before.includes(item)),
    removed: before.filter((item) => !after.includes(item)),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: AuditValue): value is readonly string[] {
  return Array.isArray(value);
}

function toList(value: AuditValue): readonly string[] {
  return isList(value) ? value : [];
}

function toValue(value: unknown): AuditValue {
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string");
  return null;
}
