import "server-only";

import { ValueError, type ValueParser } from "./value-parsers";

/** How a connection is encrypted, in the words of libpq (PostgreSQL manual, "SSL Mode Descriptions"). */
export const TLS_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
type TlsMode = (typeof TLS_MODES)[number];

/** `DATABASE_URL`, taken apart. What it leaves out is undefined. */
export type DatabaseAddress = {
  /** A host name, an IP address, or the folder of a socket, which begins with a slash. */
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  /** Where all tables are. Undefined: where the `search_path` of the role leads first. */
  schema: string | undefined;
  tlsMode: TlsMode;
  /** Paths of PEM files: whom to trust, and with what to prove who we are. */
  tlsFiles: { ca: string | undefined; cert: string | undefined; key: string | undefined };
  applicationName: string | undefined;
  /** Settings for the server as it takes them on its command line. */
  options: string | undefined;
  /** A pooler in between gives each transaction another session, as PgBouncer does with pool_mode=transaction. */
  isTransactionPooled: boolean;
};

const SCHEMES = "must be a URL that begins with postgresql:// or postgres://";
const ENCODE =
  "cannot be taken apart: in the user name and the password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25";
const PARAMETERS = new Set(
  "host port user password dbname schema sslmode sslrootcert sslcert sslkey application_name options pgbouncer".split(
    " ",
  ),
);

/** Takes a PostgreSQL address apart. Throws `ValueError` for what could not be honoured; no reason repeats any part. */
export const databaseAddress: ValueParser<DatabaseAddress> = (value) => {
  if (!/^postgres(?:ql)?:\/\//.test(value)) throw new ValueError(SCHEMES);
  const url = parseUrl(value);
  const parameter = readParameters(url);
  const host = parameter("host") ?? (url.hostname === "" ? "localhost" : decode(url.hostname));
  if (host.includes(",")) throw new ValueError("names several hosts; name one");
  const database = parameter("dbname") ?? (decode(url.pathname.slice(1)) || undefined);
  // What is left of a password whose slash began the path. A database may be called so: it is then written %2F and %40.
  if (/[/@]/.test(url.pathname.slice(1))) throw new ValueError(ENCODE);
  return {
    host: host.replace(/^\[(.*)\]$/, "$1"),
    port: readPort(parameter("port") ?? url.port),
    user: parameter("user") ?? (decode(url.username) || undefined),
    password: parameter("password") ?? (decode(url.password) || undefined),
    database,
    schema: readSchema(parameter("schema")),
    tlsMode: host.startsWith("/") ? "disable" : readTlsMode(parameter("sslmode")),
    tlsFiles: { ca: parameter("sslrootcert"), cert: parameter("sslcert"), key: parameter("sslkey") },
    applicationName: parameter("application_name"),
    options: parameter("options"),
    isTransactionPooled: readPooling(parameter("pgbouncer"), parameter("options")),
  };
};

/** Checks a PostgreSQL address and returns it as it was given. */
export const databaseUrl: ValueParser<string> = (value) => {
  databaseAddress(value);
  return value;
};

function parseUrl(value: string): URL {
  // libpq lets the host be left out; a URL with a user or a port must have one.
  const named = value.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=[:/?]|$)/, "$1localhost");
  const whole = named.replace(/^(postgres(?:ql)?:\/\/)(?=:\d*(?:[/?]|$))/, "$1localhost");
  if (!URL.canParse(whole)) throw new ValueError(ENCODE);
  const url = new URL(whole);
  if (url.hash !== "" || whole.includes("#")) throw new ValueError(ENCODE);
  return url;
}

function readParameters(url: URL): (name: string) => string | undefined {
  for (const name of url.searchParams.keys()) {
    if (PARAMETERS.has(name)) continue;
    // A question mark in a password leaves its rest here, which nobody may see.
    if (/@/.test(url.search)) throw new ValueError(ENCODE);
    throw new ValueError(
      `has a parameter after the question mark that is not supported; there are: ${[...PARAMETERS].join(", ")}. How many connections are opened is DATABASE_POOL_SIZE`,
    );
  }
  return (name) => url.searchParams.get(name) || undefined;
}

function readPort(text: string): number {
  const port = text === "" ? 5432 : Number(text);
  if (!(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw new ValueError("must have a port from 1 to 65535");
  return port;
}

function readSchema(name: string | undefined): string | undefined {
  if (name === undefined || /^(?!pg_)[A-Za-z_]\w{0,62}$/.test(name)) return name;
  throw new ValueError(
    "must name a schema of letters, digits and underscores, at most 63, that does not begin with pg_",
  );
}

function readPooling(pgbouncer: string | undefined, options: string | undefined): boolean {
  if (pgbouncer === undefined || pgbouncer === "false") return false;
  if (pgbouncer !== "true") throw new ValueError("must have pgbouncer=true or pgbouncer=false");
  if (options === undefined) return true;
  throw new ValueError("has options, which do not pass through PgBouncer: let the role have those settings");
}

function readTlsMode(name = "prefer"): TlsMode {
  const mode = TLS_MODES.find((known) => known === name);
  if (mode === undefined) throw new ValueError(`must have an sslmode out of: ${TLS_MODES.join(", ")}`);
  return mode;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ValueError(ENCODE);
  }
}
