import "server-only";

/**
 * Every variable that the product reads, with its default as one would write it in the environment. `.env.example`
 * explains them one by one; a test holds the two together. Each also has a `NAME_FILE` form that names a file to read.
 */
export const DEFAULTS = {
  HOST: "127.0.0.1",
  PORT: "3000",
  WORKERS: "1",
  SURFACES: "all",
  PUBLIC_URL: undefined,
  LOG_FORMAT: "json",
  METRICS_TOKEN: undefined,
  OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
  OTEL_EXPORTER_OTLP_HEADERS: undefined,
  OTEL_SERVICE_NAME: "vestibule",
  OTEL_TRACES_SAMPLER_ARG: "1",
  TRUSTED_PROXY_HOPS: "0",
  HSTS_INCLUDE_SUBDOMAINS: "false",
  DATABASE_URL: undefined,
  DATABASE_POOL_SIZE: "10",
  DATA_DIR: ".data",
  BACKUP_PASSPHRASE: undefined,
  REDIS_URL: undefined,
  MASTER_KEY: undefined,
  AUTH_SECRET: undefined,
  TOKEN_SIGNING_KEYS: undefined,
  ADMIN_EMAIL: undefined,
  ADMIN_PASSWORD: undefined,
  STAFF_MFA: "optional",
  OIDC_ISSUER: undefined,
  OIDC_CLIENT_ID: undefined,
  OIDC_CLIENT_SECRET: undefined,
  OIDC_BUTTON_LABEL: undefined,
  OIDC_ROLE_CLAIM: undefined,
  OIDC_ROLE_MAP: undefined,
  TOKEN_ISSUER: undefined,
  TOKEN_AUDIENCE: undefined,
  TOKEN_TTL_SECONDS: "3600",
  TOKEN_REQUESTS_PER_MINUTE: "6000",
  SECRET_PREFIX: "vst",
  USER_PROVISIONING: "just-in-time",
  ROOM_BASE_URL: undefined,
  ROOM_RETENTION_DAYS: "30",
  ACTIVITY_RETENTION_DAYS: "30",
  ACTIVITY_WRITE: "before-answer",
  EXTERNAL_API_ENABLED: "true",
  EXTERNAL_API_DEFAULT_ACCESS_LEVEL: "trusted",
  EXTERNAL_API_ALLOW_PUBLIC_ACCESS: "false",
  EXTERNAL_API_REQUESTS_PER_MINUTE: "6000",
  ROOM_TELEPHONY_ENABLED: "false",
  ROOM_TELEPHONY_PHONE_NUMBER: undefined,
  ROOM_TELEPHONY_PIN_LENGTH: "10",
  ROOM_TELEPHONY_DEFAULT_COUNTRY: undefined,
} as const satisfies Record<string, string | undefined>;

export type VariableName = keyof typeof DEFAULTS;

// The table above has no other keys.
export const VARIABLE_NAMES = Object.keys(DEFAULTS) as VariableName[];
