import "server-only";

import { RateLimiterRedis } from "rate-limiter-flexible";
import type { Count, Counter, CounterSettings } from "./counter";
import { createMemoryCounter, toCount } from "./memory-counter";
import type { SharedCounts } from "./shared-counts";

/**
 * A counter in Redis, with one in memory for the time when Redis is away. What Redis says of a key is noted in memory
 * each time, so that at the moment of an outage the process goes on from what it was last told, and still refuses whom
 * it refused. Counts of an outage hold until their window is over: Redis may come back with nothing in it.
 *
 * The library's own insurance limiter is not used: it begins an outage, and ends it, with no count at all.
 */
export function createSharedCounter({ name, windowSeconds }: CounterSettings, shared: SharedCounts): Counter {
  const own = createMemoryCounter({ windowSeconds });
  const common = new RateLimiterRedis({
    storeClient: shared.client,
    keyPrefix: `${shared.prefix}${name}`,
    points: 1,
    duration: windowSeconds,
  });
  /** Until then something may be counted here that Redis does not know of. */
  let ownCountsUntil = Number.NEGATIVE_INFINITY;

  function isOwnHigher(ofOwn: Count | undefined, ofAll: Count | undefined): ofOwn is Count {
    return ofOwn !== undefined && ofOwn.count > (ofAll?.count ?? 0);
  }

  return {
    async add(key, events) {
      const id = shared.nameOf(key);
      const found = await shared.ask("write", () => (events === 1 ? common.penalty(id) : common.reward(id)));
      if (found === undefined) {
        ownCountsUntil = performance.now() + windowSeconds * 1000;
        return own.add(id, events);
      }
      const ofAll = toCount(found);
      if (performance.now() < ownCountsUntil) {
        const ofOwn = await own.add(id, events);
        if (isOwnHigher(ofOwn, ofAll)) return ofOwn;
      }
      await own.put(id, ofAll);
      return ofAll;
    },
    async read(key) {
      const id = shared.nameOf(key);
      const found = await shared.ask("read", () => common.get(id));
      if (found === undefined) return own.read(id);
      const ofAll = found === null ? undefined : toCount(found);
      if (performance.now() < ownCountsUntil) {
        const ofOwn = await own.read(id);
        if (isOwnHigher(ofOwn, ofAll)) return ofOwn;
      }
      await own.put(id, ofAll);
      return ofAll;
    },
    async forget(key) {
      const id = shared.nameOf(key);
      await own.forget(id);
      await shared.ask("write", () => common.delete(id));
    },
  };
}
