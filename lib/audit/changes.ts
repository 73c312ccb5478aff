import "server-only";

import type { AuditChange, AuditValue } from "./audit-event";

/** What a verb has at hand: a date is kept as an ISO 8601 string, and what is undefined is not kept. */
type Values<Field extends string = string> = { readonly [Name in Field]?: AuditValue | Date | undefined };
type Changes<Field extends string> = { [Name in Field]?: AuditChange };

/** The changes of something that came into being with these values. */
export function created<Field extends string>(values: Values<Field>): Changes<Field> {
  return toChanges(values, (value) => ({ before: null, after: value }));
}

/** The changes of something that had these values until it went. */
export function removed<Field extends string>(values: Values<Field>): Changes<Field> {
  return toChanges(values, (value) => ({ before: value, after: null }));
}

/** The changes from one state to another: only of the fields of `after` that differ. What `before` lacks was empty. */
export function changed<Field extends string>(before: Values<Field>, after: Values<Field>): Changes<Field> {
  return toChanges(after, (value, field) => {
    const old = toAuditValue(before[field] ?? null);
    return isSame(old, value) ? undefined : { before: old, after: value };
  });
}

function toChanges<Field extends string>(
  values: Values<Field>,
  toChange: (value: AuditValue, field: Field) => AuditChange | undefined,
): Changes<Field> {
  const changes: Changes<Field> = {};
  for (const field of Object.keys(values) as Field[]) {
    const value = values[field];
    const change = value === undefined ? undefined : toChange(toAuditValue(value), field);
    if (change !== undefined) changes[field] = change;
  }
  return changes;
}

function toAuditValue(value: AuditValue | Date): AuditValue {
  return value instanceof Date ? value.toISOString() : value;
}

function isSame(one: AuditValue, other: AuditValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
