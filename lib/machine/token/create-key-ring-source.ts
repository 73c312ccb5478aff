import "server-only";

import type { Config } from "@/lib/env/config";
import { importKeyRing, type KeyRing, keyRingAt } from "@/lib/oauth/jose/signing-key";

type SigningKeys = Config["tokenSigningKeys"];

export type KeyRingSourceDeps = {
  /** What the server was started with. */
  initial: SigningKeys;
  /** Where the keys are looked for again; undefined when they were given by value and cannot change. */
  file: string | undefined;
  /** Something that changes whenever the file does, cheaper than reading it. */
  readVersion(file: string): Promise<string>;
  readKeys(file: string): Promise<SigningKeys>;
  onReloaded(ring: KeyRing): void;
  /** Told once for each state of the file that cannot be used; the keys in use stay in use. */
  onError(error: unknown): void;
  now(): Date;
};

/** A small part of what a rotation allows between publishing a key and signing with it. */
const CHECK_INTERVAL_MS = 5_000;

/**
 * The key ring of a running server, with the key that signs now in front. The file is looked at again when the ring is
 * asked for, at most every five seconds: no timer has to be stopped, and the first request after a quiet night sees what
 * was done in it. A file that is missing or damaged changes nothing.
 */
export function createKeyRingSource(deps: KeyRingSourceDeps): () => Promise<KeyRing> {
  const { file } = deps;
  let ring: Promise<KeyRing> | undefined;
  let version: string | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let isChecking = false;

  function currentRing(): Promise<KeyRing> {
    ring ??= importKeyRing(deps.initial).catch((error: unknown) => {
      // A failure is not remembered.
      ring = undefined;
      throw error;
    });
    return ring;
  }

  async function check(path: string): Promise<void> {
    const found = await deps.readVersion(path).catch((error: unknown) => ({ error }));
    const foundVersion = typeof found === "string" ? found : "unreadable";
    if (foundVersion === version) return;
    version = foundVersion;
    try {
      if (typeof found !== "string") throw found.error;
      const reloaded = await importKeyRing(await deps.readKeys(path));
      const before = await currentRing();
      ring = Promise.resolve(reloaded);
      if (!holdSameKeys(before, reloaded)) deps.onReloaded(reloaded);
    } catch (error) {
      deps.onError(error);
    }
  }

  return async function keyRing() {
    const now = deps.now();
    const elapsed = now.getTime() - checkedAt;
    // A clock that was set back must not stop the checks.
    if (file !== undefined && !isChecking && (elapsed >= CHECK_INTERVAL_MS || elapsed < 0)) {
      checkedAt = now.getTime();
      isChecking = true;
      await check(file).finally(() => {
        isChecking = false;
      });
    }
    return keyRingAt(await currentRing(), now);
  };
}

function holdSameKeys(one: KeyRing, other: KeyRing): boolean {
  const [these, those] = [one, other].map((ring) =>
    Array.from(ring.keys.values(), ({ kid, signsFrom }) => `${kid} ${signsFrom}`).join("\n"),
  );
  return these === those;
}
