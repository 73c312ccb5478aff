import "server-only";

import type { Counter, CounterSettings } from "./counter";
import { createMemoryCounter } from "./memory-counter";
import { createSharedCounter } from "./shared-counter";
import { sharedCounts } from "./shared-counts";

/**
 * Makes a counter: one for all processes where the process has a connection to Redis, otherwise one of this process
 * alone. Keep it where the state of the process is kept, not in a module.
 */
export function createCounter(settings: CounterSettings): Counter {
  const shared = sharedCounts();
  return shared === undefined ? createMemoryCounter(settings) : createSharedCounter(settings, shared);
}
