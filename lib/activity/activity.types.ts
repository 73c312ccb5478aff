/** What is asked of the machine API: tokens, what is done with them, and what two endpoints say of them or do to them. */
export const ACTIVITY_KINDS = ["tokens", "rooms", "introspections", "revocations"] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** One request of a machine: what was asked, and how it ended. Nothing of a body. */
export type ActivityRequest = {
  /** When the answer was decided. */
  at: Date;
  requestId: string;
  kind: ActivityKind;
  method: string;
  /** As in `/api/external/rooms/{room_id}`, never what was sent. */
  path: string;
  status: number;
  /** A reason code of the log inventory; null for what was answered. */
  reason: string | null;
  /** The e-mail domain that was refused; null where another rule decided, or an e-mail address is known anyway. */
  domain: string | null;
  /** Whether it had a secret, a key or a token of ours. If not, anybody may have sent it in the application's name. */
  isProven: boolean;
  /** Those of the token that was issued. */
  scopes: readonly string[] | null;
  /** Of the token that was issued. */
  jti: string | null;
  ip: string;
  /** Microseconds from the request's arrival at its endpoint to `at`. */
  durationUs: number;
};

/** A request as staff read it. */
export type ActivityEntry = ActivityRequest & {
  /** Null when no application is known by it, or none any more. */
  application: { id: string; name: string } | null;
  /** Null when nobody is known by it, nobody any more, or nothing proves that it was for them. */
  person: { id: string; email: string } | null;
  /** By what it proved who it is. Null when nothing did, or when it is gone with its application. */
  credential: CredentialName | null;
  /** The room that was asked for, which may be gone. */
  roomId: string | null;
  /** How many requests alike it stands for: more than one only in a flood of what nobody has proved. */
  requests: number;
};

/** A secret by the last characters of it, or a key by its `kid`. */
export type CredentialName = { id: string; kind: "secret" | "key"; hint: string };

/** A request that was refused. */
export type RefusedEntry = ActivityEntry & { reason: string };
