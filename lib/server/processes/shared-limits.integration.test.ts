import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { setConfig } from "@/lib/env/config";
import { sharedCounts } from "@/lib/http/counters/shared-counts";
import { createRateLimiter } from "@/lib/http/rate-limiter";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, captureLog } from "@/lib/testing/machine/machine-requests";
import { prepareChildScript } from "@/lib/testing/process/child-script";
import { REDIS_PATIENCE } from "@/lib/testing/process/loopback";
import { hasRedis, useTestRedis } from "@/lib/testing/process/test-redis";
import { testConfig } from "@/lib/testing/test-config";
import { openSharedLimits } from "./shared-limits";

const WINDOW = { name: "tested", quota: 3, windowSeconds: 60 };
const ANA = { email: "ana@example.com", address: "2001:db8:0:1::7" };
const THROTTLED = { code: "unavailable", reason: "sign_in_throttled" };
const newSecret = () => randomBytes(24).toString("hex");
const wrong = async () => undefined;
const right = async () => "proof";

describe.skipIf(!hasRedis)("limits of two processes with one Redis (needs redis-server)", async () => {
  useTestDatabase();
  const redis = hasRedis ? await useTestRedis() : { url: "" };
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(() => setConfig(testConfig()));
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** Makes something as two processes of one installation would, each with a connection of its own. */
  async function inTwo<Made>(make: () => Made, authSecret = newSecret()): Promise<[Made, Made]> {
    const made: Made[] = [];
    for (let process = 0; process < 2; process += 1) {
      const config = { ...testConfig(), redisUrl: redis.url, authSecret };
      const { close } = await openSharedLimits(config, REDIS_PATIENCE);
      closers.push(close);
      made.push(make());
    }
    return made as [Made, Made];
  }

  /** What the installation that was opened last has in Redis: each key with the seconds that it has left. */
  async function readKeys(): Promise<[key: string, secondsLeft: number][]> {
    const client = new Redis(redis.url);
    const keys = await client.keys(`${sharedCounts()?.prefix}*`);
    const found = await Promise.all(keys.map(async (key): Promise<[string, number]> => [key, await client.ttl(key)]));
    client.disconnect();
    return found;
  }

  it("count together, and say the same of what is left", async () => {
    const [one, other] = await inTwo(() => createRateLimiter(WINDOW));
    expect(await one.consume("a")).toEqual({ isAllowed: true, remaining: 2, resetSeconds: 60 });
    expect(await other.consume("a")).toMatchObject({ isAllowed: true, remaining: 1 });
    expect(await one.peek("a")).toMatchObject({ count: 2 });
    expect(await one.consume("a")).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(await other.consume("a")).toMatchObject({ isAllowed: false, remaining: 0 });
    expect(await one.consume("a")).toMatchObject({ isAllowed: false, remaining: 0 });
    expect(await other.peek("a")).toMatchObject({ count: 5 });
    expect(await other.peek("b")).toEqual({ count: 0, resetSeconds: 60 });
  });

  it("let through what they allow and no more, however many ask both at once", async () => {
    const limiters = await inTwo(() => createRateLimiter({ ...WINDOW, quota: 50 }));
    const asked = Array.from({ length: 200 }, (_, index) => limiters[index % 2]?.consume("a"));
    const allowed = (await Promise.all(asked)).filter((decision) => decision?.isAllowed);
    expect(allowed).toHaveLength(50);
  });

  it("are those of one installation: another one on the same Redis has its own", async () => {
    const [one] = await inTwo(() => createRateLimiter(WINDOW));
    const [foreign] = await inTwo(() => createRateLimiter(WINDOW));
    for (let index = 0; index < 5; index += 1) await one.consume("a");
    expect(await foreign.consume("a")).toMatchObject({ isAllowed: true, remaining: 2 });
  });

  it("stop an account from being guessed in turns, and a network too", async () => {
    const [one, other] = await inTwo(createSignInThrottle);
    for (const throttle of [one, other, one, other, one]) await throttle.attempt(ANA, wrong);
    for (const throttle of [one, other]) await expect(throttle.attempt(ANA, right)).rejects.toMatchObject(THROTTLED);
    for (let index = 5; index < 30; index += 1) {
      await (index % 2 === 0 ? one : other).attempt({ ...ANA, email: `${index}@example.com` }, wrong);
    }
    const neighbour = { ...ANA, email: "bob@example.com" };
    await expect(other.attempt(neighbour, right)).rejects.toMatchObject(THROTTLED);
    expect(await other.attempt({ ...neighbour, address: "198.51.100.1" }, right)).toBe("proof");
  });

  it("check five of a hundred guesses that both get at once", async () => {
    const throttles = await inTwo(createSignInThrottle);
    const check = vi.fn(wrong);
    const guesses = Array.from({ length: 100 }, (_, index) => throttles[index % 2]?.attempt(ANA, check));
    const answers = await Promise.allSettled(guesses);
    expect(answers.filter(({ status }) => status === "rejected")).toHaveLength(95);
    expect(check).toHaveBeenCalledTimes(5);
  });

  it("forget in both the failures of whoever signed in at one", async () => {
    const [one, other] = await inTwo(createSignInThrottle);
    for (let round = 0; round < 3; round += 1) {
      for (let failure = 0; failure < 4; failure += 1) await one.attempt(ANA, wrong);
      expect(await other.attempt(ANA, right)).toBe("proof");
    }
  });

  describe("of the machine API", () => {
    const statuses = async (
      machines: [M2mApi, M2mApi],
      times: number,
      secret: { clientId: string; secret: string },
    ) => {
      const found: number[] = [];
      for (let index = 0; index < times; index += 1) {
        const machine = machines[index % 2] as M2mApi;
        found.push((await askForToken(machine, secret, { address: "203.0.113.1" })).status);
      }
      return found;
    };

    it("refuse the twenty-first guess, whichever process gets it", async () => {
      const { clientId } = await createTestClient();
      const machines = await inTwo(() => createM2mApi(testConfig()));
      const found = await statuses(machines, 24, { clientId, secret: "wrong" });
      expect(found).toEqual([...Array(20).fill(401), ...Array(4).fill(429)]);
    });

    it("give an application its quota once, not once a process", async () => {
      const client = await createTestClient();
      const machines = await inTwo(() => createM2mApi(testConfig({ tokenRequestsPerMinute: 4 })));
      expect(await statuses(machines, 7, client)).toEqual([200, 200, 200, 200, 429, 429, 429]);
    });
  });

  it("leave keys that expire, and that name nobody", async () => {
    const { clientId } = await createTestClient();
    await inTwo(async () => {
      const throttle = createSignInThrottle();
      await throttle.attempt(ANA, wrong);
      await throttle.attempt({ sessionId: "session-of-ana" }, wrong);
      await askForToken(createM2mApi(testConfig()), { clientId, secret: "wrong" }, { address: "203.0.113.1" });
    }).then((made) => Promise.all(made));
    const left = await readKeys();
    expect(left.map(([key]) => key).join("\n")).not.toMatch(/ana|example|2001|203\.0|session-of/);
    expect(left.map(([key]) => key).join("\n")).not.toContain(clientId);
    expect(left.length).toBeGreaterThan(5);
    for (const [key, seconds] of left) {
      expect(key).toMatch(/^vestibule:[\w-]{8}:[a-z-]+:[\w-]{22}$/);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(15 * 60);
    }
  });

  it("log nothing while Redis answers, and need no client library without REDIS_URL", async () => {
    const log = captureLog();
    const [one] = await inTwo(() => createRateLimiter(WINDOW));
    await one.consume("a");
    for (const close of closers.splice(0)) await close();
    log.stop();
    expect(log.lines).toEqual([]);
  });

  it("are shared by two real processes; one without REDIS_URL loads no client and counts alone", async () => {
    const script = await prepareChildScript("lib/testing/process/limit-counter.child.ts");
    const secret = newSecret();
    const [one, other, alone] = [
      script.start(redis.url, secret),
      script.start(redis.url, secret),
      script.start("", secret),
    ];
    await Promise.all([one, other, alone].map((child) => child.exited));
    const counted = [...one.lines, ...other.lines].filter((line) => line.startsWith("count")).sort();
    expect(counted).toEqual(["count 1", "count 2", "count 3", "count 4", "count 5", "count 6"]);
    expect(alone.lines).toEqual(["count 1", "count 2", "count 3", "client library loaded: false"]);
    expect(one.lines.at(-1)).toBe("client library loaded: true");
    await script.dispose();
  });
});
