import "server-only";

import { resolve } from "node:path";
import { type Config, LOG_FORMATS, STAFF_MFA, SURFACES } from "./config";
import { databaseUrl } from "./database-address";
import { EnvironmentError, type EnvironmentProblem } from "./environment-error";
import { signingKeys } from "./keys/signing-keys";
import type { Environment } from "./read-environment";
import { readVariables, type Variables } from "./read-variables";
import { readOpenIdSettings } from "./services/read-openid-settings";
import { readTracingSettings } from "./services/read-tracing-settings";
import { redisUrl } from "./services/redis-address";
import {
  boolean,
  integer,
  masterKeys,
  oneOf,
  text,
  ValueError,
  type ValueParser,
  webOrigin,
  webUrl,
} from "./value-parsers";
import { DEFAULTS, type VariableName } from "./variables";

type KeyName = "masterKeys" | "authSecret" | "tokenSigningKeys";

/** The configuration before the keys that the embedded database's data directory may still have to supply. */
export type Settings = Omit<Config, KeyName> & { [Name in KeyName]: Config[Name] | undefined };

/**
 * Turns the environment into settings. Throws `EnvironmentError` with every problem at once. The three keys are
 * required with `DATABASE_URL` and optional without, where `ensureKeys` supplies them.
 */
export async function parseEnvironment(environment: Environment): Promise<Settings> {
  const { variables, problems } = readVariables(environment);
  const { optional, optionalLater, required } = createReader(variables, problems);

  const mode = readMode(environment.NODE_ENV);
  const port = required("PORT", integer(1, 65_535));
  const publicUrl = optional("PUBLIC_URL", webOrigin) ?? `http://localhost:${port}`;
  const location = readLocation({ optional, required });
  const settings: Settings = {
    environment: mode,
    host: required("HOST", text("must be a host name or an address to listen on", { pattern: /^[\w.:-]+$/ })),
    port,
    workers: required("WORKERS", integer(1, 64)),
    surfaces: required("SURFACES", oneOf(...SURFACES)),
    publicUrl,
    logFormat: required("LOG_FORMAT", oneOf(...LOG_FORMATS)),
    metricsToken: optional(
      "METRICS_TOKEN",
      text("must have 32 to 256 of A-Z a-z 0-9 - . _ ~ + / =", { min: 32, max: 256, pattern: /^[\w\-.~+/]+=*$/ }),
    ),
    tracing: readTracingSettings(optional, required),
    ...location,
    databasePoolSize: required("DATABASE_POOL_SIZE", integer(1, 1000)),
    masterKeys: optional("MASTER_KEY", masterKeys),
    authSecret: optional("AUTH_SECRET", text("must have at least 32 characters", { min: 32 })),
    adminEmail: optional("ADMIN_EMAIL", text("must be an e-mail address", { max: 254, pattern: /^[^\s@]+@[^\s@]+$/ })),
    adminPassword: optional("ADMIN_PASSWORD", text("must have 12 to 256 characters", { min: 12, max: 256 })),
    staffMfa: required("STAFF_MFA", oneOf(...STAFF_MFA)),
    openId: readOpenIdSettings(variables, problems, optional),
    redisUrl: optional("REDIS_URL", redisUrl),
    roomBaseUrl: optional("ROOM_BASE_URL", webUrl),
    roomRetentionDays: required("ROOM_RETENTION_DAYS", integer(0, 3650)),
    activityRetentionDays: required("ACTIVITY_RETENTION_DAYS", integer(1, 3650)),
    activityWrite: required("ACTIVITY_WRITE", oneOf("before-answer", "soon")),
    userProvisioning: required("USER_PROVISIONING", oneOf("just-in-time", "existing-only")),
    trustedProxyHops: required("TRUSTED_PROXY_HOPS", integer(0, 10)),
    hstsIncludesSubdomains: required("HSTS_INCLUDE_SUBDOMAINS", boolean),
    tokenIssuer: optional("TOKEN_ISSUER", webUrl) ?? publicUrl,
    tokenAudience: optional("TOKEN_AUDIENCE", webUrl) ?? `${publicUrl}/api/external/rooms`,
    tokenTtlSeconds: required("TOKEN_TTL_SECONDS", integer(60, 3600)),
    tokenRequestsPerMinute: required("TOKEN_REQUESTS_PER_MINUTE", integer(1, 1_000_000)),
    tokenSigningKeys: await optionalLater("TOKEN_SIGNING_KEYS", signingKeys(mode)),
    tokenSigningKeysFile: environment.TOKEN_SIGNING_KEYS_FILE || undefined,
    secretPrefix: required("SECRET_PREFIX", text("must be 1 to 32 of A-Z a-z 0-9 _", { pattern: /^\w{1,32}$/ })),
    externalApi: {
      enabled: required("EXTERNAL_API_ENABLED", boolean),
      defaultAccessLevel: required("EXTERNAL_API_DEFAULT_ACCESS_LEVEL", oneOf("public", "trusted", "restricted")),
      allowPublicAccess: required("EXTERNAL_API_ALLOW_PUBLIC_ACCESS", boolean),
      requestsPerMinute: required("EXTERNAL_API_REQUESTS_PER_MINUTE", integer(1, 1_000_000)),
    },
    telephony: {
      enabled: required("ROOM_TELEPHONY_ENABLED", boolean),
      phoneNumber: optional("ROOM_TELEPHONY_PHONE_NUMBER", text("must be a telephone number", { max: 50 })),
      pinLength: required("ROOM_TELEPHONY_PIN_LENGTH", integer(4, 20)),
      defaultCountry: optional(
        "ROOM_TELEPHONY_DEFAULT_COUNTRY",
        text("must be a two-letter country code", { pattern: /^[A-Z]{2}$/ }),
      ),
    },
  };

  if (location.databaseUrl !== undefined) problems.push(...findMissingKeys(variables, problems));
  else if (settings.workers > 1) {
    const reason =
      "more than one worker needs DATABASE_URL: the embedded database is open to one process. Set it to a PostgreSQL server, or leave WORKERS out";
    problems.push({ name: "WORKERS", reason });
  }
  if (problems.length > 0) throw new EnvironmentError(problems);
  return settings;
}

/**
 * Where the database is, for tools that need nothing else of the configuration. Throws `EnvironmentError`.
 */
export function parseDatabaseLocation(environment: Environment): Pick<Config, "databaseUrl" | "dataDirectory"> {
  const { variables, problems } = readVariables(environment);
  const location = readLocation(createReader(variables, problems));
  const relevant = problems.filter(({ name }) => /^(?:DATABASE_URL|DATA_DIR)/.test(name));
  if (relevant.length > 0) throw new EnvironmentError(relevant);
  return location;
}

function readLocation({ optional, required }: Pick<Reader, "optional" | "required">) {
  return {
    databaseUrl: optional("DATABASE_URL", databaseUrl),
    dataDirectory: resolve(required("DATA_DIR", text("must be a path", { max: 4096 }))),
  };
}

function readMode(mode: string | undefined): Config["environment"] {
  return mode === "development" || mode === "test" ? mode : "production";
}

/** With a database elsewhere there is no data directory to keep keys in, and every instance needs the same ones. */
function findMissingKeys(variables: Variables, problems: readonly EnvironmentProblem[]): EnvironmentProblem[] {
  const known = new Set(problems.map(({ name }) => name.replace(/_FILE$/, "")));
  return (["MASTER_KEY", "AUTH_SECRET", "TOKEN_SIGNING_KEYS"] as const)
    .filter((name) => variables[name] === undefined && !known.has(name))
    .map((name) => ({ name, reason: "is required with DATABASE_URL; see: node scripts/run.mjs generate-keys" }));
}

type NameWithDefault = { [Name in VariableName]: (typeof DEFAULTS)[Name] extends string ? Name : never }[VariableName];

type Reader = ReturnType<typeof createReader>;

/** Collects what goes wrong instead of stopping at it; the default then stands in until the problems are thrown. */
function createReader(variables: Variables, problems: EnvironmentProblem[]) {
  const report = (name: string, error: unknown): undefined => {
    if (!(error instanceof ValueError)) throw error;
    problems.push({ name, reason: error.message });
  };
  return {
    required<Value>(name: NameWithDefault, parse: ValueParser<Value>): Value {
      try {
        return parse(variables[name] ?? DEFAULTS[name]);
      } catch (error) {
        report(name, error);
        return parse(DEFAULTS[name]);
      }
    },
    optional<Value>(name: VariableName, parse: ValueParser<Value>): Value | undefined {
      const value = variables[name];
      try {
        return value === undefined ? undefined : parse(value);
      } catch (error) {
        return report(name, error);
      }
    },
    async optionalLater<Value>(name: VariableName, parse: ValueParser<Promise<Value>>): Promise<Value | undefined> {
      const value = variables[name];
      return value === undefined ? undefined : parse(value).catch((error: unknown) => report(name, error));
    },
  };
}
