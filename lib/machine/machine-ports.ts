import "server-only";

import type { Config } from "@/lib/env/config";
import { type AccessTokenClaims, createTokenId } from "@/lib/oauth/access-token";
import type { EmailAddress } from "@/lib/oauth/email-address";
import type { AuthenticatedClient, TokenIssuedEvent, TokenRequestContext } from "@/lib/oauth/ports";
import { log } from "@/lib/observability/logger";
import { resolvePerson } from "@/lib/people/resolve-person";
import { verifySecretHash } from "@/lib/secrets/password-hash";
import { type Authority, readAuthority } from "./authority";
import { type ClientRecord, readClientRecord } from "./client-record";
import { type SecretUse, writeSecretUse } from "./secret-use";
import { auditTokenIssued } from "./token-events";

/** Everything the machine API reaches outside itself. Each may fail, and none of them may thereby lead to a token. */
export type MachinePorts = {
  readClient(clientId: string, now: Date): Promise<ClientRecord | null>;
  verifyHash(phc: string, plain: string, options: { signal: AbortSignal }): Promise<boolean>;
  writeSecretUse(use: SecretUse): Promise<void>;
  resolvePerson(
    email: EmailAddress,
    client: AuthenticatedClient,
    context: TokenRequestContext,
  ): Promise<{ id: string }>;
  auditTokenIssued(event: TokenIssuedEvent): Promise<void>;
  readAuthority(claims: AccessTokenClaims): Promise<Authority | null>;
  now(): Date;
  randomId(): string;
};

/** The ports of production: the process-wide database, Argon2, the clock and the system's randomness. */
export function defaultPorts(configuration: Config): MachinePorts {
  return {
    readClient: readClientRecord,
    verifyHash: (phc, plain, { signal }) => verifySecretHash(phc, plain, { signal, onUnexpectedHash: reportHash }),
    writeSecretUse,
    resolvePerson: (email, client, { clientAddress: ip, requestId }) =>
      resolvePerson(email, {
        provisioning: configuration.userProvisioning,
        application: { kind: "application", id: client.applicationId, ip, requestId },
      }),
    auditTokenIssued,
    readAuthority,
    now: () => new Date(),
    randomId: createTokenId,
  };
}

/** A stored value that we cannot have written: somebody else writes to the table, or it is damaged. */
function reportHash(reason: string): void {
  log.error({ event: "unexpected_secret_hash", reason }, "A stored secret hash is not one of ours");
}
