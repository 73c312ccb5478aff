import "server-only";

import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import type { Count, Counter, CounterSettings } from "./counter";

/** A counter of this process, into which may be written what was counted elsewhere. */
export type MemoryCounter = Counter & { put(key: string, count: Count | undefined): Promise<void> };

export function createMemoryCounter({ windowSeconds }: Pick<CounterSettings, "windowSeconds">): MemoryCounter {
  // How many are too many is for the caller to say: of the library only the counting is used.
  const counts = new RateLimiterMemory({ points: 1, duration: windowSeconds });
  return {
    add: async (key, events) => toCount(await (events === 1 ? counts.penalty(key) : counts.reward(key))),
    async read(key) {
      const found = await counts.get(key);
      return found === null ? undefined : toCount(found);
    },
    async forget(key) {
      await counts.delete(key);
    },
    async put(key, count) {
      // The library keeps for ever what has no time left.
      if (count === undefined || count.msLeft <= 0) await counts.delete(key);
      else await counts.set(key, count.count, count.msLeft / 1000);
    },
  };
}

export function toCount({ consumedPoints, msBeforeNext }: RateLimiterRes): Count {
  return { count: consumedPoints, msLeft: msBeforeNext };
}
