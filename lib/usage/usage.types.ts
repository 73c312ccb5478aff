import type { CallResult } from "@/lib/activity/call-result.types";

/** What an application asks for: tokens, and what it does with them. */
export const CALL_KINDS = ["tokens", "rooms"] as const;
export type CallKind = (typeof CALL_KINDS)[number];

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

/** The calls of either kind on one UTC day: those that were answered, and those that were refused or failed. */
export type DailyCalls = { answered: number; refused: number };

export type BusyPerson = { id: string; email: string; tokens: number; rooms: number; lastCallAt: Date };

/** The requests of an hour or of a UTC day, by how they ended. */
export type RequestPeriod = { from: Date; to: Date } & Record<CallResult, number>;
