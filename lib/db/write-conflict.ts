import "server-only";

/** PostgreSQL: serialization failure, deadlock. */
const SQL_STATES: ReadonlySet<unknown> = new Set(["40001", "40P01"]);

/**
 * Whether the database gave a transaction up for the sake of another one, so that the same work may well succeed now.
 * The two drivers give it different names, and Prisma others again for raw queries and for commits; what PostgreSQL
 * said stands below all of them.
 */
export function isWriteConflict(thrown: unknown): boolean {
  const adapterError = memberOf(memberOf(thrown, "meta"), "driverAdapterError") ?? thrown;
  return SQL_STATES.has(memberOf(memberOf(adapterError, "cause"), "originalCode"));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
