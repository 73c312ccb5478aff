import "server-only";

import { AppError } from "@/lib/errors/app-error";
import { clientNetworks } from "@/lib/http/client-address-key";
import { createRateLimiter, type RateLimiter } from "@/lib/http/rate-limiter";

export const PICK_UP_WINDOW_MINUTES = 15;
/** Openings, presses and ticks from one network, in which a whole team may sit; a pick-up takes three. */
export const PICK_UPS_MAX = 120;
/** From all networks of an IPv6 /48. */
export const WIDE_PICK_UPS_MAX = 480;

export type PickUpLimit = {
  /** Counts an opening or a press. Throws AppError `unavailable` / `pick_up_throttled` beyond the limit. */
  count(address: string): Promise<void>;
};

/**
 * Makes a limit for what anybody may ask without an account. Nobody guesses 256 bits: this keeps the database, and the
 * note that a link was opened again, from being kept busy.
 */
export function createPickUpLimit(): PickUpLimit {
  const narrow = limiter("pick-up", PICK_UPS_MAX);
  const wide = limiter("pick-up-wide", WIDE_PICK_UPS_MAX);
  return {
    async count(address) {
      const { network, wider } = clientNetworks(address);
      const decisions = [await narrow.consume(network)];
      if (wider !== undefined) decisions.push(await wide.consume(wider));
      if (decisions.some(({ isAllowed }) => !isAllowed)) throw new AppError("unavailable", "pick_up_throttled");
    },
  };
}

function limiter(name: string, quota: number): RateLimiter {
  return createRateLimiter({ name, quota, windowSeconds: PICK_UP_WINDOW_MINUTES * 60 });
}

// One for every bundle of this process.
const KEY = Symbol.for("vestibule.pick-up-limit");
const shared = globalThis as { [KEY]?: PickUpLimit };

/** Returns the process-wide limit. */
export function pickUpLimit(): PickUpLimit {
  shared[KEY] ??= createPickUpLimit();
  return shared[KEY];
}
