import "server-only";

import { isUuid } from "@/lib/uuid";
import type { ActivityRequest } from "./activity.types";

/** A request as it is kept, with what it refers to. */
export type ActivityRow = ActivityRequest & {
  /** Null when only the client id is known. */
  applicationId: string | null;
  /** What the caller called itself or, when `isProven`, is called. */
  clientId: string | null;
  /** A secret or a key. */
  credentialId: string | null;
  personId: string | null;
  roomId: string | null;
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
    domain: row.domain === null ? null : toText(row.domain, 253),
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
