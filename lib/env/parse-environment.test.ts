import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { generateSigningKey } from "@/lib/oauth/jose/signing-key";
import { EnvironmentError } from "./environment-error";
import { parseEnvironment } from "./parse-environment";

const folder = mkdtempSync(join(tmpdir(), "vestibule-env-"));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = Buffer.alloc(32, 1).toString("base64url");
const OTHER_KEY = Buffer.alloc(48, 2).toString("base64url");
const SIGNING_KEYS = JSON.stringify({ keys: [await generateSigningKey()] });
const KEYS = { MASTER_KEY: `a:${KEY}`, AUTH_SECRET: "s".repeat(32), TOKEN_SIGNING_KEYS: SIGNING_KEYS };
const SERVER = { ...KEYS, DATABASE_URL: "postgresql://user:hunter2@db.example/vestibule" };

async function problemsOf(environment: Record<string, string>) {
  const error = await parseEnvironment(environment).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof EnvironmentError ? { problems: error.problems, message: error.message } : error;
}

describe("parseEnvironment", () => {
  it("turns an empty environment into a production set-up on this machine, keys to be made", async () => {
    expect(await parseEnvironment({})).toEqual({
      environment: "production",
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
      dataDirectory: resolve(".data"),
      masterKeys: undefined,
      authSecret: undefined,
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
      tokenSigningKeys: undefined,
      secretPrefix: "vst",
      externalApi: {
        enabled: true,
        defaultAccessLevel: "trusted",
        allowPublicAccess: false,
        requestsPerMinute: 6000,
      },
      telephony: { enabled: false, phoneNumber: undefined, pinLength: 10, defaultCountry: undefined },
    });
  });

  it("derives every address from PUBLIC_URL, without its trailing slash", async () => {
    const settings = await parseEnvironment({ PUBLIC_URL: "https://Rooms.Example.org/" });
    expect(settings).toMatchObject({
      publicUrl: "https://rooms.example.org",
      tokenIssuer: "https://rooms.example.org",
      tokenAudience: "https://rooms.example.org/api/external/rooms",
    });
  });

  it("follows PORT in the default of PUBLIC_URL", async () => {
    expect(await parseEnvironment({ PORT: "8080" })).toMatchObject({ port: 8080, publicUrl: "http://localhost:8080" });
  });

  it("reads master keys newest first", async () => {
    const { masterKeys } = await parseEnvironment({ MASTER_KEY: `b:${OTHER_KEY}, a:${KEY}` });
    expect(masterKeys).toEqual([
      { kid: "b", key: new Uint8Array(48).fill(2) },
      { kid: "a", key: new Uint8Array(32).fill(1) },
    ]);
  });

  it("counts an empty value as unset", async () => {
    expect(await parseEnvironment({ PORT: "", PUBLIC_URL: "", DATABASE_URL: "", MASTER_KEY_FILE: "" })).toEqual(
      await parseEnvironment({}),
    );
  });

  it.each(["", "\n", "\r\n"])("reads a file with a byte order mark and the line end %j as one without", async (end) => {
    const path = join(folder, "marked");
    writeFileSync(path, `\uFEFF${"f".repeat(40)}${end}`);
    expect(await parseEnvironment({ AUTH_SECRET_FILE: path })).toMatchObject({ authSecret: "f".repeat(40) });
  });

  it("reads a value from the file that NAME_FILE names, without its final line break", async () => {
    const path = join(folder, "auth-secret");
    writeFileSync(path, `${"f".repeat(40)}\r\n`);
    expect(await parseEnvironment({ AUTH_SECRET_FILE: path })).toMatchObject({ authSecret: "f".repeat(40) });
  });

  it("accepts a database server with all three keys", async () => {
    expect(await parseEnvironment(SERVER)).toMatchObject({ databaseUrl: SERVER.DATABASE_URL });
  });

  it("requires all three keys with a database server and names each", async () => {
    expect(await problemsOf({ DATABASE_URL: SERVER.DATABASE_URL })).toMatchObject({
      problems: ["MASTER_KEY", "AUTH_SECRET", "TOKEN_SIGNING_KEYS"].map((name) => ({
        name,
        reason: "is required with DATABASE_URL; see: node scripts/run.mjs generate-keys",
      })),
    });
  });

  it("lists all problems at once and none of the values", async () => {
    const environment = {
      PORT: "canary-1",
      PUBLIC_URL: "http://canary-2.example",
      MASTER_KEY: "canary-3",
      AUTH_SECRET: "canary-4",
      TOKEN_SIGNING_KEYS: '{"keys":[{"kty":"oct","k":"canary-5"}]}',
      DATABASE_URL: "mysql://canary-6",
      ADMIN_PASSWORD: "canary-7",
      USER_PROVISIONING_FILE: join(folder, "canary-8"),
    };
    const found = await problemsOf(environment);
    expect(found).toMatchObject({
      problems: [
        { name: "USER_PROVISIONING_FILE", reason: "names a file that cannot be read (ENOENT)" },
        { name: "PORT", reason: "must be a whole number from 1 to 65535" },
        { name: "PUBLIC_URL", reason: "must be https; plain http is for loopback hosts only" },
        { name: "DATABASE_URL", reason: "must be a URL that begins with postgresql:// or postgres://" },
        {
          name: "MASTER_KEY",
          reason: "entry 1 must be KID:KEY, where KID is one letter or digit and KEY is base64url",
        },
        { name: "AUTH_SECRET", reason: "must have at least 32 characters" },
        { name: "ADMIN_PASSWORD", reason: "must have 12 to 256 characters" },
        { name: "TOKEN_SIGNING_KEYS", reason: "keys[0]: is symmetric; whoever verifies could sign." },
      ],
    });
    expect(JSON.stringify(found)).not.toContain("canary");
  });

  it.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "3000x"],
    ["PORT", " 3000"],
    ["HOST", "http://127.0.0.1"],
    ["WORKERS", "0"],
    ["WORKERS", "65"],
    ["WORKERS", "auto"],
    ["SURFACES", "pages"],
    ["STAFF_MFA", "true"],
    ["STAFF_MFA", "Required"],
    ["SURFACES", "Machine"],
    ["SURFACES", "machine,portal"],
    ["PUBLIC_URL", "rooms.example.org"],
    ["PUBLIC_URL", "ftp://localhost"],
    ["PUBLIC_URL", "https://rooms.example.org/portal"],
    ["PUBLIC_URL", "https://rooms.example.org/?a=1"],
    ["PUBLIC_URL", "https://user:pw@rooms.example.org"],
    ["PUBLIC_URL", "http://127.0.0.1.evil.example"],
    ["PUBLIC_URL", "http://192.168.1.10:3000"],
    ["TRUSTED_PROXY_HOPS", "-1"],
    ["TRUSTED_PROXY_HOPS", "11"],
    ["TRUSTED_PROXY_HOPS", "true"],
    ["HSTS_INCLUDE_SUBDOMAINS", "yes"],
    ["REDIS_URL", "http://localhost:6379"],
    ["REDIS_URL", "localhost:6379"],
    ["MASTER_KEY", KEY],
    ["MASTER_KEY", `ab:${KEY}`],
    ["MASTER_KEY", `a:${KEY.slice(2)}`],
    ["MASTER_KEY", `a:${KEY},a:${OTHER_KEY}`],
    ["MASTER_KEY", `a:${KEY},`],
    ["MASTER_KEY", `a:${KEY}=`],
    ["AUTH_SECRET", "s".repeat(31)],
    ["TOKEN_SIGNING_KEYS", "{"],
    ["TOKEN_SIGNING_KEYS", "[]"],
    ["TOKEN_SIGNING_KEYS", '{"keys":[]}'],
    ["ADMIN_EMAIL", "admin"],
    ["TOKEN_TTL_SECONDS", "59"],
    ["TOKEN_TTL_SECONDS", "3601"],
    ["TOKEN_TTL_SECONDS", "1e3"],
    ["TOKEN_AUDIENCE", "rooms"],
    ["TOKEN_ISSUER", "http://issuer.example"],
    ["SECRET_PREFIX", "a-b"],
    ["SECRET_PREFIX", "p".repeat(33)],
    ["USER_PROVISIONING", "always"],
    ["EXTERNAL_API_ENABLED", "yes"],
    ["EXTERNAL_API_DEFAULT_ACCESS_LEVEL", "private"],
    ["EXTERNAL_API_ALLOW_PUBLIC_ACCESS", "on"],
    ["EXTERNAL_API_REQUESTS_PER_MINUTE", "0"],
    ["TOKEN_REQUESTS_PER_MINUTE", "unrestrictedList"],
    ["ROOM_RETENTION_DAYS", "3651"],
    ["ACTIVITY_RETENTION_DAYS", "0"],
    ["ACTIVITY_WRITE", "never"],
    ["LOG_FORMAT", "ECS"],
    ["METRICS_TOKEN", "m".repeat(31)],
    ["METRICS_TOKEN", "m".repeat(257)],
    ["METRICS_TOKEN", `${"m".repeat(32)} m`],
    ["METRICS_TOKEN", `${"m".repeat(32)}é`],
    ["ROOM_RETENTION_DAYS", "30d"],
    ["ROOM_TELEPHONY_PIN_LENGTH", "3"],
    ["ROOM_TELEPHONY_DEFAULT_COUNTRY", "france"],
  ])("refuses %s=%s and names it", async (name, value) => {
    expect(await problemsOf({ [name]: value })).toMatchObject({ problems: [{ name }] });
  });

  it.each([
    ["http://localhost:4000"],
    ["http://127.0.0.9:4000"],
    ["http://[::1]:4000"],
    ["http://vestibule.localhost"],
    ["https://rooms.example.org:8443"],
  ])("accepts PUBLIC_URL=%s", async (value) => {
    expect(await parseEnvironment({ PUBLIC_URL: value })).toMatchObject({ publicUrl: value });
  });

  it("refuses several workers on the embedded database, and says what to do", async () => {
    expect(await problemsOf({ WORKERS: "2" })).toMatchObject({
      problems: [
        {
          name: "WORKERS",
          reason:
            "more than one worker needs DATABASE_URL: the embedded database is open to one process. Set it to a PostgreSQL server, or leave WORKERS out",
        },
      ],
    });
  });

  it("refuses a variable that is set both ways", async () => {
    expect(await problemsOf({ PORT: "3000", PORT_FILE: "/dev/null" })).toMatchObject({
      problems: [{ name: "PORT", reason: "set either PORT or PORT_FILE, not both" }],
    });
  });

  it("refuses a file that is too large to hold one setting", async () => {
    const path = join(folder, "large");
    writeFileSync(path, "x".repeat(70_000));
    expect(await problemsOf({ AUTH_SECRET_FILE: path })).toMatchObject({ problems: [{ name: "AUTH_SECRET_FILE" }] });
  });
});
