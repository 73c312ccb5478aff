import "server-only";

import { isOAuthError, OAuthError } from "@/lib/oauth/oauth-error";

/** About what a restart of the database takes. */
const RETRY_AFTER_SECONDS = 5;

// Prisma: credentials refused, unreachable, database missing, timed out, closed, pool exhausted, transaction not
// started or lost, write conflict, too many connections.
const PRISMA_CODES: ReadonlySet<string> = new Set(
  "P1000 P1001 P1002 P1003 P1008 P1010 P1011 P1017 P2024 P2028 P2034 P2037".split(" "),
);
// Driver adapters name what happened; raw queries hide it behind one common Prisma code.
const ADAPTER_KINDS: ReadonlySet<string> = new Set(
  (
    "DatabaseNotReachable ConnectionClosed SocketTimeout TooManyConnections TlsConnectionError " +
    "DatabaseDoesNotExist DatabaseAccessDenied AuthenticationFailed"
  ).split(" "),
);
// PostgreSQL, what a database answers that cannot do what is asked of it now: connection exception, insufficient
// resources (disk full, too many connections), operator intervention (shutdown, cancelled statement), system error; a
// standby, a transaction that took too long, a lock that was not had in time; who is not let in, and who lacks a
// permission.
const SQL_STATE = /^(?:(?:08|28|53|57|58)[0-9A-Z]{3}|25006|25P0[34]|55P03|42501)$/;
const NODE_CODE = /^(?:ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;
// What the drivers throw without any code.
const DRIVER_MESSAGES =
  /PGlite is closed|Connection terminated|timeout exceeded when trying to connect|is not queryable|after calling end on the pool/;

/** Whether something thrown says that the database cannot be used now, as opposed to a mistake of ours. */
export function isDatabaseOutage(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth += 1) {
    if (error.name === "PrismaClientInitializationError" || DRIVER_MESSAGES.test(error.message)) return true;
    const code = textAt(error, "code");
    if (PRISMA_CODES.has(code) || NODE_CODE.test(code) || SQL_STATE.test(code)) return true;
    const adapterCause = memberAt(memberAt(memberAt(error, "meta"), "driverAdapterError"), "cause");
    if (ADAPTER_KINDS.has(textAt(adapterCause, "kind"))) return true;
    if (SQL_STATE.test(textAt(adapterCause, "originalCode"))) return true;
  }
  return false;
}

/**
 * Anything thrown while the database was used, as what the caller is told: an outage becomes 503 with `Retry-After`,
 * a refusal stays what it is, everything else stays a bug.
 */
export function toOutage(thrown: unknown): unknown {
  if (isOAuthError(thrown) || !isDatabaseOutage(thrown)) return thrown;
  return new OAuthError("temporarily_unavailable", {
    reason: "database_unavailable",
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause: thrown,
  });
}

/** Runs what uses the database, with an outage of it thrown as `toOutage` says. */
export async function orOutage<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw toOutage(thrown);
  }
}

function memberAt(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textAt(value: unknown, name: string): string {
  const member = memberAt(value, name);
  return typeof member === "string" ? member : "";
}
