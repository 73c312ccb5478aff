import type { OAuthReason } from "@/lib/oauth/oauth-reason";

/** What an application asks for: tokens, and what it does with them. */
export const CALL_KINDS = ["tokens", "rooms"] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** The outcome of a call that was answered. Every other outcome is a reason code of the log inventory. */
export const OK = "ok";

/** Refusals that say something about this server, not about the application. */
export const FAILURES_OF_OURS = [
  "database_unavailable",
  "verification_overloaded",
  "client_id_differs",
  "unexpected_error",
] as const satisfies readonly OAuthReason[];

/** How a call ended, coarse enough for a chart: answered, refused for what it was, or failed for what we are. */
export const CALL_RESULTS = ["answered", "refused", "failed"] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** Returns how a call with this stored outcome ended. */
export function toCallResult(outcome: string): CallResult {
  if (outcome === OK) return "answered";
  return (FAILURES_OF_OURS as readonly string[]).includes(outcome) ? "failed" : "refused";
}

/** What a switch would touch, judged by the last 24 hours: calls that were answered, and what was refused anyway. */
export type RecentCalls = {
  /** Tokens that were issued. */
  tokens: number;
  /** Calls of the rooms API that were answered. */
  rooms: number;
  /** Calls of either kind that were refused or failed. */
  refused: number;
  /** How many applications made answered calls. */
  applications: number;
  /** The last answered call; null when there was none. */
  lastCallAt: Date | null;
};

/** The calls of one UTC day, `YYYY-MM-DD`, by kind and result. */
export type UsageDay = { day: string } & Record<CallKind, Record<CallResult, number>>;

export type BusyPerson = { id: string; email: string; tokens: number; rooms: number; lastCallAt: Date };
