import type { OAuthReason } from "@/lib/oauth/oauth-reason";

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
