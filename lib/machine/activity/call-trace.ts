import "server-only";

import type { ActivityKind } from "@/lib/activity/activity.types";
import type { ActivityRow } from "@/lib/activity/activity-row";
import type { M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import type { TokenRequestContext } from "@/lib/oauth/ports";

/** What is known of a request so far: filled in on its way, and written down when it is decided. */
export type CallTrace = Pick<
  ActivityRow,
  | "kind"
  | "method"
  | "path"
  | "reason"
  | "applicationId"
  | "clientId"
  | "isProven"
  | "credentialId"
  | "personId"
  | "roomId"
> & {
  /** By the stopwatch, in milliseconds. */
  startedAt: number;
  /** Whether anything was decided: an answer to OPTIONS, or 405, is not worth a row. */
  isDecided: boolean;
  isWritten: boolean;
};

/** The context of a request whose trace is kept. */
export type TracedContext = M2mRequestContext & { trace: CallTrace };

/** What a part of the machine API does with the trace of a request. */
export type CallRecorder = {
  begin(call: { kind: ActivityKind; method: string; path: string }): CallTrace;
  /** Writes down a request that was answered with `status`, if it was decided and is not written down yet. */
  end(trace: CallTrace, status: number, context: TokenRequestContext): void;
};

/** Begins the trace of a request of which nothing is known but what was called. */
export function beginTrace(call: { kind: ActivityKind; method: string; path: string; startedAt: number }): CallTrace {
  const who = { applicationId: null, clientId: null, isProven: false, credentialId: null, personId: null };
  return { ...call, ...who, roomId: null, reason: null, isDecided: false, isWritten: false };
}

/** Notes why a request is refused. The first reason counts: what follows from it says less. */
export function noteRefusal(trace: CallTrace, reason: string): void {
  trace.reason ??= reason;
  trace.isDecided = true;
}

/** Notes that a request is answered, whatever the answer says. */
export function noteAnswer(trace: CallTrace): void {
  trace.isDecided = true;
}

/** The row of a request that is decided. */
export function toActivityRow(
  { startedAt, isDecided: _, isWritten: __, ...known }: CallTrace,
  end: { at: Date; stoppedAt: number; status: number; context: TokenRequestContext },
): ActivityRow {
  const { clientAddress: ip, requestId } = end.context;
  const durationUs = (end.stoppedAt - startedAt) * 1_000;
  return { ...known, at: end.at, status: end.status, requestId, ip, durationUs, scopes: null, jti: null, requests: 1 };
}
