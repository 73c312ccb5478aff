/** What is asked of the machine API: tokens, what is done with them, and what two endpoints say of them or do to them. */
export const ACTIVITY_KINDS = ["tokens", "rooms", "introspections", "revocations"] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** One request of a machine, as staff read it. */
export type ActivityEntry = {
  at: Date;
  requestId: string;
  kind: ActivityKind;
  method: string;
  /** As in `/api/external/rooms/{room_id}`. */
  path: string;
  status: number;
  /** A reason code of the log inventory; null for what was answered. */
  reason: string | null;
  /** False when anybody may have sent it in the application's name. */
  isProven: boolean;
  /** Null when no application is known by it, or none any more. */
  application: { id: string; name: string } | null;
  person: { id: string; email: string } | null;
  /** Those of the token that was issued. */
  scopes: readonly string[] | null;
  jti: string | null;
  ip: string;
  durationUs: number;
};

/** A request that was refused. */
export type RefusedEntry = ActivityEntry & { reason: string };
