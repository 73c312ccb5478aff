import "server-only";

import type { Config } from "@/lib/env/config";
import type { Clock } from "@/lib/time";
import type { Actor, StaffActor } from "./actor";

/**
 * What a verb needs to know besides its input: who acts, what time it is, and the configuration. It is the first
 * parameter, after the transaction where the caller owns that; no verb reads a clock or the configuration by itself.
 */
export type VerbContext<By extends Actor = StaffActor> = { actor: By; now: Clock; config: Config };
