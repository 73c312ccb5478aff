import { describe, expect, it } from "vitest";
import type { SyncPublishedKeys } from "@/lib/applications/authentication/sync-published-keys";
import type { ClientPublicKey } from "@/lib/oauth/jose/client-key";
import { createClientKey } from "@/lib/oauth/testing/forge-assertion";
import type { ClientKeySet } from "./client-keys";
import {
  createClientKeyReader,
  JWKS_FAILURE_MEMORY_MS,
  JWKS_MAX_AGE_MS,
  JWKS_REFETCH_INTERVAL_MS,
  JWKS_RENEWAL_AGE_MS,
} from "./published-keys";

const [old, next] = [await createClientKey(), await createClientKey()];
const oldKid = old.clientKey.publicJwk.kid;
const nextKid = next.clientKey.publicJwk.kid;
const URI = "https://keys.example.com/jwks";

type TestKey = typeof old;

/** One application with its row in memory, and the server where it publishes. */
function createWorld(options: { jwksUri?: string | null } = {}) {
  const start = Date.parse("2026-11-23T12:00:00Z");
  const world = {
    now: start,
    published: [old] as TestKey[],
    isDown: false,
    row: { jwksUri: options.jwksUri === undefined ? URI : options.jwksUri, fetchedAt: null, keys: [] } as ClientKeySet,
    fetches: [] as number[],
    failures: [] as unknown[],
  };
  const makeReader = () =>
    createClientKeyReader({
      findClientKeySet: async (applicationId) => (applicationId === "app" ? world.row : null),
      async fetchJwks(jwksUri): Promise<ClientPublicKey[]> {
        expect(jwksUri).toBe(URI);
        world.fetches.push((world.now - start) / 1000);
        await Promise.resolve();
        if (world.isDown) throw new Error("down");
        return world.published.map(({ clientKey, thumbprint }) => ({ publicJwk: clientKey.publicJwk, thumbprint }));
      },
      async syncPublishedKeys({ keys, fetchedAt }: SyncPublishedKeys) {
        const found = keys.map(({ publicJwk }) => ({ id: `row-${publicJwk.kid}`, publicJwk }));
        world.row = { ...world.row, keys: found, fetchedAt };
      },
      onFetchFailed: ({ error }) => world.failures.push(error),
      now: () => new Date(world.now),
    });
  const read = makeReader();
  return {
    world,
    makeReader,
    /** The kids that count when an assertion names `kid`. */
    async kids(kid: string | undefined, reader = read) {
      return (await reader("app", kid)).map(({ publicJwk }) => publicJwk.kid);
    },
    settled: read.settled,
    pass(milliseconds: number) {
      world.now += milliseconds;
    },
  };
}

describe("keys that are registered", () => {
  it("are the rows, and nothing is fetched", async () => {
    const { world, kids } = createWorld({ jwksUri: null });
    world.row = { ...world.row, keys: [old.clientKey] };
    expect([await kids(oldKid), await kids("unknown"), world.fetches]).toEqual([[oldKid], [oldKid], []]);
  });

  it("are none for an application that is gone", async () => {
    const { makeReader } = createWorld();
    expect(await makeReader()("another", oldKid)).toEqual([]);
  });
});

describe("keys that are published", () => {
  it("are fetched once and kept for five minutes, after which a request waits for them", async () => {
    const { world, kids, pass } = createWorld();
    for (const wait of [0, 60_000, JWKS_RENEWAL_AGE_MS - 60_001]) {
      pass(wait);
      expect(await kids(oldKid)).toEqual([oldKid]);
    }
    expect(world.fetches).toEqual([0]);
    pass(JWKS_MAX_AGE_MS - JWKS_RENEWAL_AGE_MS + 1);
    await kids(oldKid);
    expect(world.fetches).toEqual([0, 300]);
  });

  it("are fetched anew beside a request from the middle of their life on, so that nobody waits", async () => {
    const { world, kids, pass, settled } = createWorld();
    await kids(oldKid);
    world.published = [next];
    pass(JWKS_RENEWAL_AGE_MS);
    expect(await kids(oldKid)).toEqual([oldKid]);
    expect(world.fetches).toEqual([0, 150]);
    await settled();
    expect(await kids(oldKid)).toEqual([nextKid]);
    expect(world.fetches).toEqual([0, 150]);
  });

  it("are fetched once for twenty requests at the same time", async () => {
    const { world, kids } = createWorld();
    const answers = await Promise.all(Array.from({ length: 20 }, () => kids(oldKid)));
    expect(answers).toEqual(Array(20).fill([oldKid]));
    expect(world.fetches).toEqual([0]);
  });

  it("stop counting within five minutes of being withdrawn", async () => {
    const { world, kids, pass } = createWorld();
    await kids(oldKid);
    world.published = [next];
    pass(JWKS_MAX_AGE_MS);
    expect(await kids(oldKid)).toEqual([nextKid]);
  });

  it("are the same on another instance, which need not fetch them again", async () => {
    const { world, kids, makeReader } = createWorld();
    await kids(oldKid);
    expect(await kids(oldKid, makeReader())).toEqual([oldKid]);
    expect(world.fetches).toEqual([0]);
  });
});

describe("an unknown kid", () => {
  it("lets a new key work at once, half a minute after the last look", async () => {
    const { world, kids, pass } = createWorld();
    await kids(oldKid);
    world.published = [next, old];
    pass(JWKS_REFETCH_INTERVAL_MS);
    expect(await kids(nextKid)).toEqual([nextKid, oldKid]);
  });

  it("makes us look at most once every half minute, however many strangers ask", async () => {
    const { world, kids, pass } = createWorld();
    for (let second = 0; second < 90; second += 1) {
      await Promise.all([kids("a"), kids("b"), kids(oldKid)]);
      pass(1_000);
    }
    expect(world.fetches).toEqual([0, 30, 60]);
  });

  it("does not make us look when there is no kid at all", async () => {
    const { world, kids, pass } = createWorld();
    await kids(undefined);
    pass(JWKS_REFETCH_INTERVAL_MS);
    expect(await kids(undefined)).toEqual([oldKid]);
    expect(world.fetches).toEqual([0]);
  });
});

describe("a server that cannot be read", () => {
  it("is asked again after a while, not on every request", async () => {
    const { world, kids, pass } = createWorld();
    world.isDown = true;
    for (let request = 0; request < 5; request += 1) expect(await kids(oldKid)).toEqual([]);
    pass(JWKS_FAILURE_MEMORY_MS - 1);
    await kids(oldKid);
    expect([world.fetches, world.failures.length]).toEqual([[0], 1]);
    pass(1);
    world.isDown = false;
    expect(await kids(oldKid)).toEqual([oldKid]);
  });

  it("costs nobody the keys that are still fresh", async () => {
    const { world, kids, pass } = createWorld();
    await kids(oldKid);
    world.isDown = true;
    pass(JWKS_REFETCH_INTERVAL_MS);
    expect(await kids("unknown")).toEqual([oldKid]);
  });

  it("does not keep a withdrawn key alive: a set that is too old counts as empty", async () => {
    const { world, kids, pass } = createWorld();
    await kids(oldKid);
    world.isDown = true;
    pass(JWKS_MAX_AGE_MS);
    expect(await kids(oldKid)).toEqual([]);
  });

  it("is told apart from another address of the same application", async () => {
    const { world, kids } = createWorld();
    world.isDown = true;
    await kids(oldKid);
    world.isDown = false;
    world.row = { ...world.row, jwksUri: `${URI}2` };
    // The double knows one address; that it is asked at all is the point.
    await kids(oldKid);
    expect(world.failures).toHaveLength(2);
  });
});
