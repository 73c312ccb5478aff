import type { Actor } from "@/lib/audit/actor";
import type { VerbContext } from "@/lib/audit/verb-context";
import { config } from "@/lib/env/config";
import type { Clock } from "@/lib/time";

/** The context in which `actor` calls a verb, under the configuration that the test has set. `at` is a clock or one moment. */
export function contextOf<By extends Actor>(actor: By, at: Clock | Date = () => new Date()): VerbContext<By> {
  return { actor, now: at instanceof Date ? () => at : at, config: config() };
}
