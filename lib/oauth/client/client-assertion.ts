import { OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import type { PresentedAssertion } from "../ports";
import {
  type AssertionClaims,
  type ClientKey,
  claimSentence,
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
   * The client with the keys that count now; null and none for a client that is not there, which must take as long.
   * `kid` is the one looked for; keys published elsewhere may have to be fetched.
   */
  readClient(clientId: string, kid: string | undefined): Promise<{ client: Client | null; keys: readonly ClientKey[] }>;
  /** Asked once the signature is known to be the client's. Throws `invalid_client` for one that may not authenticate so. */
  requireAdmitted(client: Client): void;
  /** False when the client has used the id before. */
  consumeAssertionId(client: Client, use: Pick<AssertionClaims, "jti" | "expiresAt">): Promise<boolean>;
};

/**
 * Checks what `readClientAssertion` read: key and signature, whether the client may authenticate so, claims, and last
 * that the assertion was never used before, so that only genuine ones are remembered. Whatever depends on the client
 * comes after the signature: until then every refusal is the same. After it the refusal says which claim is wrong.
 * Throws `invalid_client` for every failure; what the dependencies throw passes through.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export async function verifyClientAssertion<Client>(
  { clientId, assertion }: PresentedAssertion,
  deps: ClientAssertionDeps<Client>,
): Promise<{ client: Client; key: ClientKey }> {
  const { client, keys } = await deps.readClient(clientId, readAssertionKid(assertion, invalidClient));
  const key = await selectSigningKey(assertion, keys, (reason) =>
    invalidClient(client === null ? "unknown_client" : reason),
  );
  if (client === null) throw invalidClient("unknown_client");
  deps.requireAdmitted(client);
  const expected = { audiences: [deps.issuer], now: deps.now() };
  const { jti, expiresAt } = readAssertionClaims(assertion, expected, claimRefused);
  if (!(await deps.consumeAssertionId(client, { jti, expiresAt }))) throw claimRefused("assertion_replayed");
  return { client, key };
}

/** For whoever holds the key, and for nobody else. */
function claimRefused(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_client", { reason, description: claimSentence(reason) });
}

function invalidClient(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_client", { reason });
}
