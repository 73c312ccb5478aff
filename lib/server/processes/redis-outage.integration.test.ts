import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRateLimiter, type RateLimiter } from "@/lib/http/rate-limiter";
import { createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { findFreePort, REDIS_PATIENCE } from "@/lib/testing/process/loopback";
import { TEST_CERTIFICATE } from "@/lib/testing/process/test-certificate";
import { canStartRedis, type OwnRedis, startOwnRedis } from "@/lib/testing/process/test-redis";
import { testConfig } from "@/lib/testing/test-config";
import { openSharedLimits } from "./shared-limits";

const POLICY = { name: "tested", quota: 3, windowSeconds: 600 };
const ANA = { email: "ana@example.com", address: "192.0.2.7" };
const THROTTLED = { code: "unavailable", reason: "sign_in_throttled" };
/** Waits for what another process does, however slow the machine is. */
const WITHIN = { timeout: 300_000, interval: 20 };

describe.skipIf(!canStartRedis)("when Redis goes away (needs redis-server)", () => {
  const closers: (() => Promise<unknown>)[] = [];
  const authSecret = randomBytes(24).toString("hex");
  let log: ReturnType<typeof captureLog>;

  beforeEach(() => {
    log = captureLog();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    log.stop();
  });

  const events = () => log.lines.map((line): unknown => JSON.parse(line).event);

  async function ownRedis(...given: Parameters<typeof startOwnRedis>): Promise<OwnRedis> {
    const redis = await startOwnRedis(...given);
    closers.push(() => redis.stop());
    return redis;
  }

  async function open(redisUrl: string, options: Parameters<typeof openSharedLimits>[1] = {}): Promise<void> {
    const limits = await openSharedLimits({ ...testConfig(), redisUrl, authSecret }, { ...REDIS_PATIENCE, ...options });
    closers.push(limits.close);
  }

  async function openLimiter(redisUrl: string, options?: Parameters<typeof openSharedLimits>[1]): Promise<RateLimiter> {
    await open(redisUrl, options);
    return createRateLimiter(POLICY);
  }

  async function consume(limiter: RateLimiter, times: number): Promise<boolean[]> {
    const allowed: boolean[] = [];
    for (let index = 0; index < times; index += 1) allowed.push((await limiter.consume("a")).isAllowed);
    return allowed;
  }

  it("a process goes on from what all had counted when it last asked, and fails no request", async () => {
    const redis = await ownRedis();
    const [one, other] = [await openLimiter(redis.url), await openLimiter(redis.url)];
    await consume(one, 1);
    await consume(other, 1);
    await redis.stop();
    expect(await consume(other, 3)).toEqual([true, false, false]);
    expect(await other.peek("a")).toMatchObject({ count: 5 });
    // The first had asked before the second counted.
    expect(await consume(one, 3)).toEqual([true, true, false]);
  });

  it("whom a process refused it still refuses, also when it had only looked", async () => {
    const redis = await ownRedis();
    const [one, other] = [await openLimiter(redis.url), await openLimiter(redis.url)];
    await consume(one, 5);
    expect(await other.peek("a")).toMatchObject({ count: 5 });
    await redis.stop();
    expect(await consume(one, 1)).toEqual([false]);
    expect(await consume(other, 1)).toEqual([false]);
  });

  it("a Redis that comes back with nothing in it sets nobody free, and counts are shared again", async () => {
    const redis = await ownRedis();
    const [one, other] = [await openLimiter(redis.url), await openLimiter(redis.url)];
    await consume(one, 5);
    await redis.stop();
    expect(await consume(one, 1)).toEqual([false]);
    await ownRedis({ port: redis.port });
    await vi.waitFor(() => expect(events().filter((event) => event === "limits_shared")).toHaveLength(2), WITHIN);
    expect(await consume(one, 1)).toEqual([false]);
    await one.consume("b");
    expect(await other.consume("b")).toMatchObject({ remaining: 1 });
  });

  it("sign-in is limited all the same, and refuses whom it refused", async () => {
    const redis = await ownRedis();
    await open(redis.url);
    const throttle = createSignInThrottle();
    for (let index = 0; index < 4; index += 1) await throttle.attempt(ANA, async () => undefined);
    await redis.stop();
    expect(await throttle.attempt(ANA, async () => undefined)).toBe(undefined);
    await expect(throttle.attempt(ANA, async () => "proof")).rejects.toMatchObject(THROTTLED);
    expect(await throttle.attempt({ ...ANA, email: "bob@example.com" }, async () => "proof")).toBe("proof");
  });

  it("it is told once, and once when it is over", async () => {
    const redis = await ownRedis();
    const limiter = await openLimiter(redis.url);
    await consume(limiter, 1);
    await redis.stop();
    await consume(limiter, 20);
    await vi.waitFor(() => expect(events()).toEqual(["limits_not_shared"]), WITHIN);
    await ownRedis({ port: redis.port });
    await vi.waitFor(() => expect(events()).toEqual(["limits_not_shared", "limits_shared"]), WITHIN);
    expect(JSON.parse(log.lines[0] ?? "")).toMatchObject({
      level: "warn",
      msg: "Redis does not answer: limits count in this process alone",
    });
  });

  it("a server that accepts and says nothing holds up no request for longer than it may", async () => {
    const redis = await ownRedis();
    const limiter = await openLimiter(redis.url, { answerMsMax: 50 });
    redis.process.kill("SIGSTOP");
    expect(await consume(limiter, 20)).toHaveLength(20);
    expect(await consume(limiter, 1)).toEqual([false]);
    expect(events()).toEqual(["limits_not_shared"]);
    redis.process.kill("SIGCONT");
    await vi.waitFor(() => expect(events()).toContain("limits_shared"), WITHIN);
  });

  it("a Redis that cannot be written to counts nothing, and is told once", async () => {
    const redis = await ownRedis();
    const limiter = await openLimiter(redis.url);
    await consume(limiter, 1);
    redis.run("replicaof", "127.0.0.1", String(await findFreePort()));
    expect(await consume(limiter, 4)).toEqual([true, true, false, false]);
    expect(await limiter.peek("a")).toMatchObject({ count: 5 });
    expect(events()).toEqual(["limits_not_shared"]);
  });

  it("a start without it succeeds and says so, and limits are shared once it is there", async () => {
    const port = await findFreePort();
    const limiter = await openLimiter(`redis://127.0.0.1:${port}`);
    expect(events()).toEqual(["limits_not_shared"]);
    expect(await consume(limiter, 4)).toEqual([true, true, true, false]);
    const redis = await ownRedis({ port });
    await vi.waitFor(() => expect(events()).toContain("limits_shared"), WITHIN);
    expect((await limiter.consume("b")).isAllowed).toBe(true);
    expect(redis.run("dbsize").trim()).toBe("1");
  });

  describe("a password", () => {
    const password = 'p/a?s#s@w%o:"rd';
    const urlOf = (port: number, secret: string) => `redis://:${encodeURIComponent(secret)}@127.0.0.1:${port}/3`;

    it("opens the database that the address names", async () => {
      const redis = await ownRedis({ args: ["--requirepass", password] });
      const limiter = await openLimiter(urlOf(redis.port, password));
      await limiter.consume("a");
      expect(redis.run("-a", password, "--no-auth-warning", "-n", "3", "dbsize").trim()).toBe("1");
      expect(events()).toEqual([]);
    });

    it("may be of an account that is permitted what docs/operations.md says, and nothing else", async () => {
      const [, permissions = ""] = /`(~vestibule:[^`]+)`/.exec(readFileSync("docs/operations.md", "utf8")) ?? [];
      const redis = await ownRedis();
      redis.run("acl", "setuser", "portal", "on", `>${password}`, "resetkeys", "nocommands", ...permissions.split(" "));
      await open(`redis://portal:${encodeURIComponent(password)}@127.0.0.1:${redis.port}`);
      const throttle = createSignInThrottle();
      await throttle.attempt(ANA, async () => undefined);
      await throttle.attempt(ANA, async () => "proof");
      expect(await createRateLimiter(POLICY).peek("a")).toEqual({ count: 0, resetSeconds: 600 });
      expect(redis.run("acl", "log").trim()).toBe("");
      expect(events()).toEqual([]);
    });

    it("that is wrong is a Redis that is away, and is in no line of the log", async () => {
      const redis = await ownRedis({ args: ["--requirepass", password] });
      const limiter = await openLimiter(urlOf(redis.port, "canary-of-the-password"));
      expect(await consume(limiter, 4)).toEqual([true, true, true, false]);
      expect(events()).toEqual(["limits_not_shared"]);
      expect(log.lines.join("")).toContain("WRONGPASS");
      expect(log.lines.join("")).not.toContain("canary");
    });
  });

  describe("TLS", () => {
    const folder = mkdtempSync(join(tmpdir(), "vestibule-redis-tls-"));
    for (const [name, pem] of Object.entries(TEST_CERTIFICATE)) writeFileSync(join(folder, name), pem);
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

    async function secured(): Promise<number> {
      const port = await findFreePort();
      const files = ["--tls-cert-file", join(folder, "cert"), "--tls-key-file", join(folder, "key")];
      const args = ["--tls-port", String(port), ...files, "--tls-auth-clients", "no"];
      await ownRedis({ port, args });
      return port;
    }

    it("is spoken with rediss, to a server whose certificate is trusted and names it", async () => {
      const port = await secured();
      const tls = { ca: TEST_CERTIFICATE.cert, checkServerIdentity: () => undefined };
      const [one, other] = [
        await openLimiter(`rediss://127.0.0.1:${port}`, { tls }),
        await openLimiter(`rediss://127.0.0.1:${port}`, { tls }),
      ];
      await one.consume("a");
      expect(await other.peek("a")).toMatchObject({ count: 1 });
      expect(events()).toEqual([]);
    });

    it.each([
      ["a certificate that nobody vouches for", "rediss", {}],
      ["a certificate of another name", "rediss", { ca: TEST_CERTIFICATE.cert }],
      ["a server that speaks nothing else, asked in the clear", "redis", {}],
    ])("is not: %s counts as away", async (_what, scheme, tls) => {
      const port = await secured();
      const limiter = await openLimiter(`${scheme}://127.0.0.1:${port}`, { tls });
      expect(await consume(limiter, 4)).toEqual([true, true, true, false]);
      expect(events()).toEqual(["limits_not_shared"]);
    });
  });
});
