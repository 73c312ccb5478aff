import "server-only";

import { requestContext } from "@/lib/http/request-context";
import type { AccessTokenClaims } from "@/lib/oauth/access-token/access-token";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";
import type { TokenIssuedEvent, TokenRefusedEvent } from "@/lib/oauth/ports";
import { log } from "@/lib/observability/logger";
import { createUsageRecorder } from "@/lib/usage/create-usage-recorder";
import { OK } from "@/lib/usage/usage.types";
import type { BearerGrant } from "./authority/authenticate-bearer";
import type { ClientRefusal } from "./client/authenticate-client";
import type { M2mPorts } from "./m2m-ports";
import { reasonOf } from "./problems/external-error";

/** Counts what applications do, for the people who look after them. Never delays or fails a request. */
export type M2mUsage = {
  countTokenIssued(event: TokenIssuedEvent): void;
  /** Counts the refusal of a client that had proved who it is; `countClientRefused` knows of the others. */
  countTokenRefused(event: TokenRefusedEvent): void;
  countClientRefused(refusal: ClientRefusal): void;
  countTokenDenied(claims: AccessTokenClaims, reason: OAuthReason): void;
  /** Runs a call of the external API and counts how it ended. What it throws is thrown on. */
  countCall(grant: BearerGrant, call: () => Promise<Response>): Promise<Response>;
  settled(): Promise<void>;
};

/** Makes the counting of one machine. What it has not stored yet is stored by `settled`. */
export function createM2mUsage(ports: M2mPorts): M2mUsage {
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

  function recordCall({ actor, clientId, credentialId }: BearerGrant, outcome: string): void {
    const { personId, ip, requestId } = actor;
    record({ kind: "rooms", outcome, clientId, isProven: true, credentialId, personId, at: now(), ip, requestId });
  }

  return {
    countTokenIssued({ clientId, credentialId, subjectId: personId, context }) {
      const { clientAddress: ip, requestId } = context;
      const who = { clientId, credentialId, personId, isProven: true };
      record({ kind: "tokens", outcome: OK, ...who, at: now(), ip, requestId });
    },
    countTokenRefused({ clientId, reason: outcome, context }) {
      if (clientId === undefined) return;
      const { clientAddress: ip, requestId } = context;
      record({ kind: "tokens", outcome, clientId, isProven: true, at: now(), ip, requestId });
    },
    countClientRefused({ clientId, reason: outcome, isProven, context }) {
      const { clientAddress: ip, requestId } = context;
      record({ kind: "tokens", outcome, clientId, isProven, at: now(), ip, requestId });
    },
    countTokenDenied({ clientId, credentialId, subjectId: personId }, outcome) {
      const { clientAddress: ip, requestId } = requestContext();
      const who = { clientId, credentialId, personId, isProven: true };
      record({ kind: "rooms", outcome, ...who, at: now(), ip, requestId });
    },
    async countCall(grant, call) {
      try {
        const response = await call();
        recordCall(grant, OK);
        return response;
      } catch (thrown) {
        recordCall(grant, reasonOf(thrown));
        throw thrown;
      }
    },
    settled,
  };
}
