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
  | "domain"
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
export function beginTrace(
  { kind, method, path }: { kind: ActivityKind; method: string; path: string },
  startedAt: number,
): CallTrace {
  return {
    kind,
    method,
    path,
    reason: null,
    applicationId: null,
    clientId: null,
    isProven: false,
    credentialId: null,
    personId: null,
    roomId: null,
    domain: null,
    startedAt,
    isDecided: false,
    isWritten: false,
  };
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

/** How a request ended; `token` is what was issued in it. */
type CallEnd = {
  at: Date;
  stoppedAt: number;
  status: number;
  context: TokenRequestContext;
  token?: Pick<ActivityRow, "scopes" | "jti"> | undefined;
};

/** The row of a request that is decided. Field by field: to take the rest of an object costs more than all else here. */
export function toActivityRow(trace: CallTrace, { at, stoppedAt, status, context, token }: CallEnd): ActivityRow {
  return {
    at,
    requestId: context.requestId,
    kind: trace.kind,
    method: trace.method,
    path: trace.path,
    status,
    reason: trace.reason,
    applicationId: trace.applicationId,
    clientId: trace.clientId,
    isProven: trace.isProven,
    credentialId: trace.credentialId,
    personId: trace.personId,
    roomId: trace.roomId,
    domain: trace.domain,
    scopes: token?.scopes ?? null,
    jti: token?.jti ?? null,
    ip: context.clientAddress,
    durationUs: (stoppedAt - trace.startedAt) * 1_000,
    requests: 1,
  };
}
