import "server-only";

import { isUuid } from "@/lib/uuid";
import type { ActivityKind } from "./activity.types";

/** One request of a machine, as it is kept: what was asked, by whom, and how it ended. Nothing of a body. */
export type ActivityRow = {
  /** When the answer was decided. */
  at: Date;
  requestId: string;
  kind: ActivityKind;
  method: string;
  /** As in `/api/external/rooms/{room_id}`, never what was sent. */
  path: string;
  status: number;
  /** The reason code of a refusal; null for what was answered. */
  reason: string | null;
  /** Null when only the client id is known. */
  applicationId: string | null;
  /** What the caller called itself or, when `isProven`, is called. */
  clientId: string | null;
  /** Whether it had a secret, a key or a token of ours. If not, anybody may have sent it. */
  isProven: boolean;
  /** A secret or a key. */
  credentialId: string | null;
  personId: string | null;
  roomId: string | null;
  /** Those of an issued token. */
  scopes: readonly string[] | null;
  /** Of an issued token. */
  jti: string | null;
  ip: string;
  /** Microseconds from the request's arrival at its endpoint to `at`. */
  durationUs: number;
  /** How many requests it stands for. */
  requests: number;
};

const INTEGER_MAX = 2_147_483_647;
/** Printable, without a space, and short enough for the column that it is compared with. */
const CLIENT_ID = /^[\x21-\x7e]{1,64}$/;

/** Returns the row with every value as the table takes it: one that did not fit would fail those beside it. */
export function toBoundedRow(row: ActivityRow): ActivityRow {
  return {
    ...row,
    requestId: toText(row.requestId, 64),
    method: toText(row.method, 8),
    path: toText(row.path, 96),
    reason: row.reason === null ? null : toText(row.reason, 64),
    applicationId: toId(row.applicationId),
    clientId: row.clientId !== null && CLIENT_ID.test(row.clientId) ? row.clientId : null,
    credentialId: toId(row.credentialId),
    personId: toId(row.personId),
    roomId: toId(row.roomId),
    jti: row.jti === null ? null : toText(row.jti, 64),
    ip: toText(row.ip, 45),
    durationUs: toInteger(row.durationUs),
    requests: toInteger(row.requests),
  };
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
function toText(value: string, lengthMax: number): string {
  return value.slice(0, lengthMax).toWellFormed().replaceAll("\0", "");
}

function toId(value: string | null): string | null {
  return isUuid(value) ? value : null;
}

function toInteger(value: number): number {
  return Math.min(INTEGER_MAX, Math.max(0, Math.round(value)));
}
