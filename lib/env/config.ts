import "server-only";

import type { MasterKey } from "@/lib/secrets/secret-format";
import type { OpenIdSettings } from "./services/read-openid-settings";
import type { TracingSettings } from "./services/read-tracing-settings";

export const SURFACES = ["all", "machine", "portal"] as const;
export type Surfaces = (typeof SURFACES)[number];

export const LOG_FORMATS = ["json", "ecs"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export const STAFF_MFA = ["optional", "required"] as const;
type StaffMfa = (typeof STAFF_MFA)[number];

/** Everything the environment decides, parsed and checked once at start. */
export type Config = {
  environment: "production" | "development" | "test";
  host: string;
  port: number;
  /** How many processes share the port; more than one needs `databaseUrl`. Development knows one only. */
  workers: number;
  /** What this process answers: everything, only what programs call, or only what people open. Health is on each. */
  surfaces: Surfaces;
  /** Origin without a trailing slash. Every address handed out is built from it, never from the `Host` header. */
  publicUrl: string;
  /** Whose names the fields of the log have: our own, or those of the Elastic Common Schema. */
  logFormat: LogFormat;
  /** What `/api/metrics` asks for as a bearer token. Unset: nothing is there. */
  metricsToken: string | undefined;
  /** Where traces of requests go. Unset: none are kept. */
  tracing: TracingSettings | undefined;
  /** Unset: the embedded database in `dataDirectory`. */
  databaseUrl: string | undefined;
  /** How many connections to the server at `databaseUrl` this process may have at once. */
  databasePoolSize: number;
  dataDirectory: string;
  /** Newest first. */
  masterKeys: readonly MasterKey[];
  authSecret: string;
  adminEmail: string | undefined;
  adminPassword: string | undefined;
  /** Whether members of staff who sign in with a password have to have a second factor. */
  staffMfa: StaffMfa;
  /** The OpenID provider with which staff can sign in. Unset: with a password only. */
  openId: OpenIdSettings | undefined;
  redisUrl: string | undefined;
  /** The meeting front end, without a trailing slash; the slug is appended. Unset: our own landing page. */
  roomBaseUrl: string | undefined;
  /** How long a deleted room is kept, in days, before nothing is left of it but its audit events. */
  roomRetentionDays: number;
  /** How long a row of `activity` is kept, in days. */
  activityRetentionDays: number;
  /** Whether the row of an issued token is stored before the token is handed out, or within a second. */
  activityWrite: "before-answer" | "soon";
  userProvisioning: "just-in-time" | "existing-only";
  trustedProxyHops: number;
  /** Whether browsers are told to keep every host below the one of PUBLIC_URL on https too. */
  hstsIncludesSubdomains: boolean;
  tokenIssuer: string;
  tokenAudience: string;
  tokenTtlSeconds: number;
  /** How many requests one application may make in a minute at the token, revocation and introspection endpoints. */
  tokenRequestsPerMinute: number;
  /** A JWK set with private keys, newest first. */
  tokenSigningKeys: { keys: Record<string, unknown>[] };
  /** Where they were read from and may be changed while the server runs; undefined when they were given by value. */
  tokenSigningKeysFile: string | undefined;
  secretPrefix: string;
  externalApi: {
    enabled: boolean;
    defaultAccessLevel: "public" | "trusted" | "restricted";
    allowPublicAccess: boolean;
    /** How many calls one application may make in a minute. */
    requestsPerMinute: number;
  };
  telephony: {
    enabled: boolean;
    phoneNumber: string | undefined;
    pinLength: number;
    defaultCountry: string | undefined;
  };
};

// One per process, in every bundle: server.ts parses, everything else reads.
const KEY = Symbol.for("vestibule.config");
const shared = globalThis as { [KEY]?: Config | undefined };

/** Makes `value` the configuration of this process. */
export function setConfig(value: Config | undefined): void {
  shared[KEY] = value;
}

/** Returns the configuration of this process. Throws when the server has not loaded one. */
export function config(): Config {
  const value = shared[KEY];
  if (value === undefined) throw new Error("The configuration is not loaded: start the product through server.ts.");
  return value;
}
