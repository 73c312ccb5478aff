import type { Config } from "@/lib/env/config";

/** A signing key that everybody knows: it signs what tests look at and nothing else. */
const TEST_SIGNING_JWK = {
  kty: "EC",
  crv: "P-256",
  x: "TSlPKWA1ynOYW8glcK8DiFSI8v-s8OUKIKvdvnoqIKo",
  y: "Zz4I7JHgCa0LSn-la2_0szfkUg7Z_pvTb7uXT5M7KSQ",
  d: "6oCxXaSOSxUs29dKH2RipyTkBR4Zpr8LG8l7RpfeLSs",
  kid: "9Vq3iDiViosWSejknGNmL7eSN9x6w7YhTuVEoqPJe38",
  alg: "ES256",
  use: "sig",
};

/** A whole configuration with fixed keys that protect nothing. `overrides` replace top-level fields. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  return {
    environment: "test",
    host: "127.0.0.1",
    port: 3000,
    workers: 1,
    surfaces: "all",
    publicUrl: "http://localhost:3000",
    logFormat: "json",
    metricsToken: undefined,
    tracing: undefined,
    databaseUrl: undefined,
    databasePoolSize: 10,
    dataDirectory: "/nonexistent/vestibule-test",
    masterKeys: [{ kid: "t", key: new Uint8Array(32).fill(7) }],
    authSecret: "a-test-value-that-protects-nothing-at-all",
    adminEmail: undefined,
    adminPassword: undefined,
    staffMfa: "optional",
    openId: undefined,
    redisUrl: undefined,
    roomBaseUrl: undefined,
    roomRetentionDays: 30,
    activityRetentionDays: 30,
    activityWrite: "before-answer",
    userProvisioning: "just-in-time",
    trustedProxyHops: 0,
    hstsIncludesSubdomains: false,
    tokenIssuer: "http://localhost:3000",
    tokenAudience: "http://localhost:3000/api/external/rooms",
    tokenTtlSeconds: 3600,
    tokenRequestsPerMinute: 6000,
    tokenSigningKeys: { keys: [{ ...TEST_SIGNING_JWK }] },
    tokenSigningKeysFile: undefined,
    secretPrefix: "vst",
    externalApi: { enabled: true, defaultAccessLevel: "trusted", allowPublicAccess: false, requestsPerMinute: 6000 },
    telephony: { enabled: false, phoneNumber: undefined, pinLength: 10, defaultCountry: undefined },
    ...overrides,
  };
}
