import {
  claimSentence,
  readAssertion,
  readAssertionClaims,
  readAssertionKid,
  readAssertionParties,
  selectSigningKey,
} from "../client/assertion";
import { type EmailAddress, parseEmailAddress } from "../email-address";
import { type RequestParameters, readParameter } from "../http/request-parameters";
import { isOAuthError, OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import type { AuthenticatedClient, TokenEndpointDeps, TokenRequestContext } from "../ports";
import { parseRequestedSubject, requireSameSubject } from "../scope";

/** Beside no `typ` at all: the explicit type, and what many libraries write on every JWT (RFC 7519 §5.1). */
const TYPES = ["authorization-grant+jwt", "JWT"];

/** A delegation that the client has signed: for whom, and with which of its keys. */
export type SignedDelegation = { subject: EmailAddress; keyId: string };

/**
 * The JWT bearer grant: the client signs, with a key of its own, for whom it acts. `iss` is the client that has just
 * authenticated, `sub` the e-mail address of the person, whom `requested_subject` may repeat, `aud` this server as
 * issuer or as token endpoint. Each assertion is good for one token. Throws `invalid_request` without an assertion and
 * `invalid_grant` for a bad one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-2.1
 */
export async function redeemSignedDelegation<Context extends TokenRequestContext>(
  parameters: RequestParameters,
  client: AuthenticatedClient,
  deps: Pick<TokenEndpointDeps<Context>, "issuer" | "tokenEndpoint" | "now" | "readClientKeys" | "consumeAssertionId">,
  context: Context,
): Promise<SignedDelegation> {
  const named = parseRequestedSubject(readParameter(parameters, "requested_subject"));
  const text = readParameter(parameters, "assertion");
  if (text === undefined) throw new OAuthError("invalid_request", { reason: "assertion_missing" });
  const assertion = readAssertion(text, TYPES, invalidGrant);
  const { issuer, subject: address } = readAssertionParties(assertion, invalidGrant);
  if (issuer !== client.clientId) throw invalidGrant("iss_differs_from_client");
  const subject = readSubjectClaim(address);
  requireSameSubject(subject, named);
  const keys = await deps.readClientKeys(client, readAssertionKid(assertion, invalidGrant), context);
  const key = await selectSigningKey(assertion, keys, invalidGrant);
  const expected = { audiences: [deps.issuer, deps.tokenEndpoint], now: deps.now() };
  const { jti, expiresAt } = readAssertionClaims(assertion, expected, claimRefused);
  const { clientId, applicationId } = client;
  if (!(await deps.consumeAssertionId({ clientId, applicationId, jti, expiresAt }))) {
    throw claimRefused("assertion_replayed");
  }
  return { subject, keyId: key.id };
}

/** The person whom `sub` of a signed delegation names. Throws `invalid_grant` for what is no e-mail address. */
export function readSubjectClaim(address: string): EmailAddress {
  const subject = parseEmailAddress(address);
  if (subject === undefined) throw invalidGrant("subject_malformed");
  return subject;
}

/** RFC 6749 §5.2: a person whom a signed delegation may not name is a fault of the grant, not of the scope. */
export function asGrantRefusal(thrown: unknown): unknown {
  if (!isOAuthError(thrown) || thrown.code !== "invalid_scope") return thrown;
  const { reason, description, detail } = thrown;
  return new OAuthError("invalid_grant", { reason, description, detail });
}

/** Once the signature is verified. */
function claimRefused(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_grant", { reason, description: claimSentence(reason) });
}

function invalidGrant(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_grant", { reason });
}
