import "server-only";

/** By SQLSTATE (PostgreSQL manual, appendix A) or by the code of Node.js: what is wrong, and what to do. */
const SENTENCES: Readonly<Record<string, readonly [string, string]>> = {
  "25006": ["The database can only be read, as a standby can", "Point DATABASE_URL at the one that is written to."],
  "28000": ["The database does not let in the role of DATABASE_URL from here, or not this way", "See its pg_hba.conf."],
  "28P01": ["The database refuses the user name or the password of DATABASE_URL", "Correct them."],
  "3D000": ["The database that DATABASE_URL names does not exist on its server", "Create it."],
  "42501": [
    "The role of DATABASE_URL lacks a permission",
    "Let it own the database, or grant it the schema and its tables.",
  ],
  "53100": ["The disk of the database is full", "Make room on it."],
  "53300": ["The database has no connection left", "Lower DATABASE_POOL_SIZE, or raise its max_connections."],
  "57P03": ["The database is starting or stopping", "Try again in a moment."],
  ENOENT: ["The socket or a file that DATABASE_URL names is not there", "Correct its path."],
  ENOTFOUND: ["The host that DATABASE_URL names is not known", "Correct its name."],
};

/**
 * Says in a sentence why the database could not be used, and what to do. It holds a code and no more of what the driver
 * said, which may quote the address with its password.
 */
export function describeDatabaseFailure(cause: unknown): string {
  if (!(cause instanceof Error)) return "The database does not answer (unknown error).";
  const { message } = cause;
  if (/SASL.*password/.test(message)) return "The database asks for a password, and DATABASE_URL holds none.";
  if (/SSL connection/.test(message)) return "The database server has no TLS, which sslmode in DATABASE_URL asks for.";
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  if (code === undefined) {
    const reason = /time ?out/.test(message) ? "it took longer than 5 seconds" : "unknown error";
    return `The database does not answer (${reason}).`;
  }
  const [what, advice] = SENTENCES[code] ?? [];
  if (what !== undefined) return `${what} (${code}). ${advice}`;
  return /CERT|SELF_SIGNED|UNABLE_TO|^ERR_(?:TLS|SSL|OSSL)|HOSTNAME/.test(code)
    ? `The certificate of the database server is not accepted (${code}). sslrootcert in DATABASE_URL names whom to trust.`
    : `The database does not answer (${code}).`;
}
