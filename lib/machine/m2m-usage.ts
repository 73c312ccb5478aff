import "server-only";

import { requestContext } from "@/lib/http/request-context";
import type { AccessTokenClaims } from "@/lib/oauth/access-token/access-token";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";
import type { RefusedRequest, TokenIssuedEvent, TokenRequestContext } from "@/lib/oauth/ports";
import { log } from "@/lib/observability/logger";
import { createUsageRecorder } from "@/lib/usage/create-usage-recorder";
import { OK } from "@/lib/usage/usage.types";
import type { CountedCall } from "@/lib/usage/usage-batch";
import type { BearerGrant } from "./authority/authenticate-bearer";
import type { ClientRefusal } from "./client/authenticate-client";
import type { M2mPorts } from "./m2m-ports";
import { reasonOf } from "./problems/external-error";

export type M2mUsage = ReturnType<typeof createM2mUsage>;

/**
 * Counts what applications do, for the people who look after them. Never delays or fails a request. What it has not
 * stored yet is stored by `settled`.
 */
export function createM2mUsage(ports: M2mPorts) {
  const { now } = ports;
  const { record, settled } = createUsageRecorder({
    store: ports.storeUsage,
    trim: ports.pruneRefusals,
    purge: ports.purgeUsage,
    schedule: ports.schedule,
    onError: (err) => log.error({ event: "usage_not_written", err }, "The counts of calls were not written"),
    onLost: (count) => log.error({ event: "usage_lost", count }, "Calls found no place in the counts"),
    now,
  });

  type Call = Omit<CountedCall, "isProven" | "at" | "ip" | "requestId"> & { isProven?: boolean };
  function count(call: Call, { clientAddress: ip, requestId }: TokenRequestContext): void {
    record({ isProven: true, ...call, at: now(), ip, requestId });
  }

  function countRooms({ actor, clientId, credentialId }: BearerGrant, outcome: string): void {
    const { personId, ip: clientAddress, requestId } = actor;
    count({ kind: "rooms", outcome, clientId, credentialId, personId }, { clientAddress, requestId });
  }

  return {
    countTokenIssued({ clientId, credentialId, subjectId: personId, context }: TokenIssuedEvent): void {
      count({ kind: "tokens", outcome: OK, clientId, credentialId, personId }, context);
    },
    /** Counts the refusal of a client that had proved who it is; `countClientRefused` knows of the others. */
    countTokenRefused({ clientId, reason: outcome, context }: RefusedRequest): void {
      if (clientId !== undefined) count({ kind: "tokens", outcome, clientId }, context);
    },
    countClientRefused({ clientId, reason: outcome, isProven, context }: ClientRefusal): void {
      count({ kind: "tokens", outcome, clientId, isProven }, context);
    },
    countTokenDenied({ clientId, credentialId, subjectId: personId }: AccessTokenClaims, outcome: OAuthReason): void {
      count({ kind: "rooms", outcome, clientId, credentialId, personId }, requestContext());
    },
    /** Runs a call of the external API and counts how it ended. What it throws is thrown on. */
    async countCall(grant: BearerGrant, call: () => Promise<Response>): Promise<Response> {
      try {
        const response = await call();
        countRooms(grant, OK);
        return response;
      } catch (thrown) {
        countRooms(grant, reasonOf(thrown));
        throw thrown;
      }
    },
    settled,
  };
}
