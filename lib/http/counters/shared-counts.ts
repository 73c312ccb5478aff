import "server-only";

/** The connection of this process to the counts that all processes share. */
export type SharedCounts = {
  /** The client of the library, as RateLimiterRedis takes it. */
  client: unknown;
  /** What all keys of this installation begin with. */
  prefix: string;
  /** What stands for a key in Redis: whoever reads it there learns nobody's address or e-mail. */
  nameOf(key: string): string;
  /**
   * Resolves with what `run` does; with `undefined`, soon and without a throw, when Redis is away or refuses. A `write`
   * that succeeds tells that counts are shared; that something could be read does not.
   */
  ask<Result>(kind: "read" | "write", run: () => Promise<Result>): Promise<Result | undefined>;
};

// One per process, in every bundle.
const KEY = Symbol.for("vestibule.shared-counts");
const shared = globalThis as { [KEY]?: SharedCounts | undefined };

/** Makes `value` what counters are made on from now on; `undefined`: each counts in this process alone. */
export function setSharedCounts(value: SharedCounts | undefined): void {
  shared[KEY] = value;
}

export function sharedCounts(): SharedCounts | undefined {
  return shared[KEY];
}
