import { OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import type { PresentedAssertion } from "../ports";
import {
  type AssertionClaims,
  type ClientKey,
  readAssertion,
  readAssertionClaims,
  readAssertionKid,
  selectSigningKey,
} from "./assertion";
import { CLIENT_ASSERTION_TYPE } from "./client-metadata";

/** Beside no `typ` at all: the explicit type, and what many libraries write on every JWT (RFC 7519 §5.1). */
const TYPES = ["client-authentication+jwt", "JWT"];

// RFC 6749 appendix A.1. It also keeps NUL and control characters away from databases and logs.
const CLIENT_ID = /^[\x20-\x7E]{1,255}$/;

/**
 * Reads a `client_assertion` as far as to know which client claims to have made it. Whether it did is for
 * `verifyClientAssertion` to find out. Throws `invalid_client`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-2.2
 */
export function readClientAssertion(request: {
  type: string | undefined;
  assertion: string | undefined;
  /** RFC 7521 §4.2: optional beside an assertion, and then it must name the same client. */
  clientId: string | undefined;
}): PresentedAssertion {
  if (request.type !== CLIENT_ASSERTION_TYPE) throw invalidClient("client_assertion_type_unsupported");
  if (request.assertion === undefined) throw invalidClient("client_assertion_missing");
  const assertion = readAssertion(request.assertion, TYPES, invalidClient);
  const clientId = assertion.payload.get("sub");
  if (typeof clientId !== "string" || !CLIENT_ID.test(clientId)) throw invalidClient("sub_malformed");
  if (assertion.payload.get("iss") !== clientId) throw invalidClient("iss_differs_from_sub");
  if (request.clientId !== undefined && request.clientId !== clientId) throw invalidClient("client_id_mismatch");
  return { method: "private_key_jwt", clientId, assertion };
}

export type ClientAssertionDeps<Client> = {
  /** The one audience: our identifier as issuer. The token endpoint's URL is another server's to misuse. */
  issuer: string;
  now(): Date;
  /**
   * The client with the keys that count now. `kid` is the one looked for; keys published elsewhere may have to be
   * fetched. Throws `invalid_client` for a client that is not there or may not authenticate in this way.
   */
  readClient(clientId: string, kid: string | undefined): Promise<{ client: Client; keys: readonly ClientKey[] }>;
  /** False when the client has used the id before. */
  consumeAssertionId(client: Client, use: Pick<AssertionClaims, "jti" | "expiresAt">): Promise<boolean>;
};

/**
 * Checks what `readClientAssertion` read, cheapest first: claims, key, signature, and last that the assertion was never
 * used before, so that only genuine ones are remembered. Throws `invalid_client` for every failure; what the
 * dependencies throw passes through.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export async function verifyClientAssertion<Client>(
  { clientId, assertion }: PresentedAssertion,
  deps: ClientAssertionDeps<Client>,
): Promise<{ client: Client; key: ClientKey }> {
  const expected = { audiences: [deps.issuer], now: deps.now() };
  const { jti, expiresAt } = readAssertionClaims(assertion, expected, invalidClient);
  const { client, keys } = await deps.readClient(clientId, readAssertionKid(assertion, invalidClient));
  const key = await selectSigningKey(assertion, keys, invalidClient);
  if (!(await deps.consumeAssertionId(client, { jti, expiresAt }))) throw invalidClient("assertion_replayed");
  return { client, key };
}

function invalidClient(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_client", { reason });
}
