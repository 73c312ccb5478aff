import "server-only";

const SQL_STATE = /^[0-9A-Z]{5}$/;

/**
 * The code by which PostgreSQL refused a statement (its Appendix A), or undefined when it was something else. The two
 * drivers give refusals different names, and Prisma others again for raw queries and for commits; what PostgreSQL said
 * stands below all of them.
 */
export function sqlStateOf(thrown: unknown): string | undefined {
  const adapterError = memberOf(memberOf(thrown, "meta"), "driverAdapterError") ?? thrown;
  const code = memberOf(memberOf(adapterError, "cause"), "originalCode") ?? memberOf(adapterError, "code");
  return typeof code === "string" && SQL_STATE.test(code) ? code : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
