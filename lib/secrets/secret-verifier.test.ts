import { describe, expect, it } from "vitest";
import { createSecretFormat, secretHint } from "./secret-format";
import { createSecretVerifier, type SecretMetrics } from "./secret-verifier";
import { createVerificationQueue, VerificationOverloadedError } from "./verification-queue";
import { createVerifiedCredentialCache } from "./verified-credential-cache";

const format = createSecretFormat({ prefix: "vst", masterKeys: [{ kid: "a", key: new Uint8Array(32).fill(9) }] });
const foreign = createSecretFormat({ prefix: "vst", masterKeys: [{ kid: "a", key: new Uint8Array(32).fill(8) }] });
const CLIENT = { clientId: "client-1" };

/** Stands in for Argon2: counts its runs and how many overlap. A "hash" is the secret between two marks. */
function createBench(options: { concurrency?: number; failWith?: Error } = {}) {
  let time = 0;
  const seen = { runs: 0, parallel: 0, parallelMax: 0, stopped: 0 };
  const counted = { match: 0, mismatch: 0, error: 0, tagRejected: 0, positive: 0, negative: 0, depths: [] as number[] };
  const metrics: SecretMetrics = {
    argon2Verified: (result) => {
      counted[result] += 1;
    },
    tagRejected: () => {
      counted.tagRejected += 1;
    },
    cacheHit: (kind) => {
      counted[kind] += 1;
    },
    queueDepth: (depth) => void counted.depths.push(depth),
  };
  const verifier = createSecretVerifier({
    format,
    cache: createVerifiedCredentialCache({ now: () => time }),
    queue: createVerificationQueue<boolean>({
      concurrency: 1,
      startTimer: () => () => {},
      random: () => 0,
      ...options,
    }),
    metrics,
    async verify(phc, plain, { signal }) {
      seen.runs += 1;
      seen.parallel += 1;
      seen.parallelMax = Math.max(seen.parallelMax, seen.parallel);
      await new Promise<void>((resolve) => setImmediate(resolve));
      seen.parallel -= 1;
      if (signal.aborted) seen.stopped += 1;
      if (options.failWith !== undefined) throw options.failWith;
      return phc === storedAs(plain);
    },
  });
  return { verifier, seen, counted, pass: (milliseconds: number) => (time += milliseconds) };
}

const storedAs = (secret: string, salt = "") => `$test$${secret}$${salt}`;
const row = (id: string, secret: string) => ({ id, hash: storedAs(secret) });

describe("checkTag", () => {
  it("lets an authentic secret through and counts nothing", () => {
    const { verifier, counted } = createBench();
    expect(verifier.checkTag("client-1", format.generate("client-1"))).toBe(true);
    expect(counted.tagRejected).toBe(0);
  });

  it("counts what it refuses: forged, for another client, of an unknown key, malformed", () => {
    const { verifier, counted } = createBench();
    const others = [
      foreign.generate("client-1"),
      format.generate("client-2"),
      format.generate("client-1").replace("vst_a", "vst_b"),
      "junk",
    ];
    expect(others.map((secret) => verifier.checkTag("client-1", secret))).toEqual([false, false, false, false]);
    expect(counted.tagRejected).toBe(4);
  });
});

describe("forged secrets", () => {
  it("cost no Argon2 run, 10 000 of them, even when the tag was not asked first (T1)", async () => {
    const { verifier, seen, counted } = createBench();
    const candidates = [row("1", format.generate("client-1"))];
    for (let index = 0; index < 10_000; index += 1) {
      const presented = index % 2 === 0 ? foreign.generate("client-1") : format.generate(`other-${index}`);
      expect(await verifier.verify(candidates, presented, CLIENT)).toBeUndefined();
    }
    expect(seen.runs).toBe(0);
    expect(counted).toEqual({
      match: 0,
      mismatch: 0,
      error: 0,
      tagRejected: 10_000,
      positive: 0,
      negative: 0,
      depths: [],
    });
  });

  it("do not match even when somebody stored their hash", async () => {
    const { verifier, seen } = createBench();
    const forged = foreign.generate("client-1");
    expect(await verifier.verify([row("1", forged)], forged, CLIENT)).toBeUndefined();
    expect(seen.runs).toBe(0);
  });

  it("are not remembered, so that strangers cannot fill the memory", async () => {
    const { verifier, counted } = createBench();
    const forged = foreign.generate("client-1");
    const candidates = [row("1", format.generate("client-1"))];
    await verifier.verify(candidates, forged, CLIENT);
    await verifier.verify(candidates, forged, CLIENT);
    expect(counted).toMatchObject({ tagRejected: 2, negative: 0 });
  });
});

describe("a live secret", () => {
  it("costs one Argon2 run at its first use and none at its second (T2)", async () => {
    const { verifier, seen, counted } = createBench();
    const secret = format.generate("client-1");
    const verify = () => verifier.verify([row("1", secret)], secret, CLIENT);
    expect(await verify()).toEqual({ id: "1", isRemembered: false });
    expect(await verify()).toEqual({ id: "1", isRemembered: true });
    expect(seen.runs).toBe(1);
    expect(counted).toEqual({
      match: 1,
      mismatch: 0,
      error: 0,
      tagRejected: 0,
      positive: 1,
      negative: 0,
      depths: [0, 0],
    });
  });

  it("is checked anew after ten minutes", async () => {
    const { verifier, seen, pass } = createBench();
    const secret = format.generate("client-1");
    await verifier.verify([row("1", secret)], secret, CLIENT);
    pass(10 * 60_000);
    await verifier.verify([row("1", secret)], secret, CLIENT);
    expect(seen.runs).toBe(2);
  });

  it("is found among five, whichever it is", async () => {
    const secrets = Array.from({ length: 5 }, () => format.generate("client-1"));
    const candidates = secrets.map((secret, index) => row(`${index}`, secret));
    for (const [index, secret] of secrets.entries()) {
      const { verifier, seen } = createBench();
      expect(await verifier.verify(candidates, secret, CLIENT)).toMatchObject({ id: `${index}` });
      expect(seen.runs).toBe(index + 1);
    }
  });

  it("is found by its hint with a single run", async () => {
    const secrets = Array.from({ length: 5 }, () => format.generate("client-1"));
    const candidates = secrets.map((secret, index) => ({ ...row(`${index}`, secret), hint: secretHint(secret) }));
    const { verifier, seen } = createBench();
    expect(await verifier.verify(candidates, secrets[4] ?? "", CLIENT)).toMatchObject({ id: "4" });
    expect(seen.runs).toBe(1);
  });

  it("is answered from memory before any other candidate is tried", async () => {
    const { verifier, seen } = createBench();
    const [newer, older] = [format.generate("client-1"), format.generate("client-1")];
    await verifier.verify([row("old", older)], older, CLIENT);
    expect(await verifier.verify([row("new", newer), row("old", older)], older, CLIENT)).toMatchObject({ id: "old" });
    expect(seen.runs).toBe(1);
  });
});

describe("an ended secret", () => {
  it("is refused at once when its row is gone, although it was remembered as a match", async () => {
    const { verifier, seen, counted } = createBench();
    const secret = format.generate("client-1");
    await verifier.verify([row("1", secret)], secret, CLIENT);
    expect(await verifier.verify([], secret, CLIENT)).toBeUndefined();
    expect(seen.runs).toBe(1);
    expect(counted).toMatchObject({ positive: 0, negative: 0 });
  });

  it("is refused at once when its row holds another hash, although it was remembered as a match (T3)", async () => {
    const { verifier } = createBench();
    const [old, fresh] = [format.generate("client-1"), format.generate("client-1")];
    await verifier.verify([row("1", old)], old, CLIENT);
    expect(await verifier.verify([row("1", fresh)], old, CLIENT)).toBeUndefined();
  });

  it("is checked anew when the same secret was stored under another salt", async () => {
    const { verifier, seen } = createBench();
    const secret = format.generate("client-1");
    await verifier.verify([{ id: "1", hash: storedAs(secret) }], secret, CLIENT);
    expect(await verifier.verify([{ id: "1", hash: storedAs(secret, "other") }], secret, CLIENT)).toBeUndefined();
    expect(seen.runs).toBe(2);
  });

  it("costs at most one run per live row and minute", async () => {
    const { verifier, seen, counted, pass } = createBench();
    const ended = format.generate("client-1");
    const candidates = [row("1", format.generate("client-1")), row("2", format.generate("client-1"))];
    for (let index = 0; index < 50; index += 1) {
      expect(await verifier.verify(candidates, ended, CLIENT)).toBeUndefined();
    }
    expect(seen.runs).toBe(2);
    expect(counted).toMatchObject({ mismatch: 2, negative: 49 });
    pass(60_000);
    await verifier.verify(candidates, ended, CLIENT);
    expect(seen.runs).toBe(4);
  });

  it("costs no run at all when rows carry hints", async () => {
    const { verifier, seen } = createBench();
    const live = format.generate("client-1");
    const ended = format.generate("client-1");
    const candidates = [{ ...row("1", live), hint: secretHint(live) }];
    expect(await verifier.verify(candidates, ended, CLIENT)).toBeUndefined();
    expect(seen.runs).toBe(0);
  });
});

describe("a cold start", () => {
  it("runs one Argon2 at a time for 64 clients at once on two cores, and refuses what cannot wait (T9)", async () => {
    const { verifier, seen, counted } = createBench({ concurrency: 1 });
    const clients = Array.from({ length: 64 }, (_, index) => `client-${index}`);
    const outcomes = await Promise.allSettled(
      clients.map((clientId) => {
        const secret = format.generate(clientId);
        return verifier.verify([row(clientId, secret)], secret, { clientId });
      }),
    );
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(outcomes.slice(0, 17)).toEqual(
      clients.slice(0, 17).map((id) => ({ status: "fulfilled", value: { id, isRemembered: false } })),
    );
    expect(refused).toHaveLength(47);
    expect(refused.every(({ reason }) => reason instanceof VerificationOverloadedError)).toBe(true);
    expect(seen).toMatchObject({ runs: 17, parallel: 0, parallelMax: 1 });
    expect(Math.max(...counted.depths)).toBe(16);
    expect(counted.depths.at(-1)).toBe(0);
    expect(counted.error).toBe(0);
  });

  it("runs one Argon2 in all for 64 requests of the same client (T9)", async () => {
    const { verifier, seen } = createBench();
    const secret = format.generate("client-1");
    const requests = Array.from({ length: 64 }, () => verifier.verify([row("1", secret)], secret, CLIENT));
    expect(await Promise.all(requests)).toEqual(Array(64).fill({ id: "1", isRemembered: false }));
    expect(seen.runs).toBe(1);
  });
});

describe("what goes wrong", () => {
  it("is never taken for an answer: a failed check rejects, is counted and not remembered", async () => {
    const { verifier, seen, counted } = createBench({ failWith: new Error("out of memory") });
    const secret = format.generate("client-1");
    await expect(verifier.verify([row("1", secret)], secret, CLIENT)).rejects.toThrow("out of memory");
    await expect(verifier.verify([row("1", secret)], secret, CLIENT)).rejects.toThrow("out of memory");
    expect(seen.runs).toBe(2);
    expect(counted).toMatchObject({ match: 0, mismatch: 0, error: 2, positive: 0, negative: 0 });
  });

  it("leaves no trace of a caller who has gone already", async () => {
    const { verifier, seen } = createBench();
    const secret = format.generate("client-1");
    const signal = AbortSignal.abort(new Error("closed"));
    await expect(verifier.verify([row("1", secret)], secret, { ...CLIENT, signal })).rejects.toThrow("closed");
    expect(seen.runs).toBe(0);
  });

  it("has its check told to stop, which does not count as a failure of Argon2", async () => {
    const { verifier, counted, seen } = createBench({ failWith: new Error("aborted") });
    const gone = new AbortController();
    const secret = format.generate("client-1");
    const left = verifier.verify([row("1", secret)], secret, { ...CLIENT, signal: gone.signal });
    gone.abort(new Error("closed"));
    await expect(left).rejects.toThrow("closed");
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(counted.error).toBe(0);
    expect(seen.stopped).toBe(1);
  });
});

it("a candidate that another request has checked meanwhile is not checked again", async () => {
  const { verifier, seen } = createBench({ concurrency: 2 });
  const secret = format.generate("client-1");
  const others = verifier.verify([row("2", secret)], secret, CLIENT);
  const ours = verifier.verify([row("1", format.generate("client-1")), row("2", secret)], secret, CLIENT);
  expect(await Promise.all([others, ours])).toEqual([
    expect.objectContaining({ id: "2" }),
    expect.objectContaining({ id: "2" }),
  ]);
  expect(seen.runs).toBe(2);
});
