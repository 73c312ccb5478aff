import "server-only";

import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  type Configuration,
  fetchUserInfo,
  type IDToken,
} from "openid-client";
import type { OpenIdSettings } from "@/lib/env/services/read-openid-settings";
import type { AuthorizationSecrets } from "./begin-authorization";
import { OpenIdError } from "./openid-error";
import { openIdProvider } from "./openid-provider";
import type { OrganisationIdentity } from "./organisation-identity";

/** RFC 6749 and OpenID Connect Core 3.1.2.6: what somebody who changed their mind comes back with. */
const CANCELLED = new Set(["access_denied", "login_required", "interaction_required", "consent_required"]);

/**
 * Redeems the provider's answer, which is the query of `answerUrl`, and returns who it is about. State, nonce, PKCE, the
 * issuer of the answer (RFC 9207), and signature, audience and time of the token are checked on the way.
 * Throws OpenIdError.
 */
export async function completeAuthorization(
  settings: OpenIdSettings,
  answerUrl: URL,
  { state, nonce, codeVerifier }: AuthorizationSecrets,
): Promise<OrganisationIdentity> {
  const provider = await openIdProvider(settings);
  try {
    const tokens = await authorizationCodeGrant(provider, answerUrl, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    // A provider of many organisations signs for each under an issuer of its own: only the one that was named counts.
    if (claims === undefined || claims.iss !== provider.serverMetadata().issuer) {
      throw new OpenIdError("answer_refused");
    }
    // What is signed wins over what is only fetched.
    return toIdentity({ ...(await readUserInfo(provider, tokens.access_token, claims.sub)), ...claims }, settings);
  } catch (error) {
    throw toOpenIdError(error);
  }
}

/** Many providers keep e-mail and groups out of the token. The answer must be about the same subject. */
async function readUserInfo(provider: Configuration, accessToken: string, subject: string): Promise<object> {
  if (provider.serverMetadata().userinfo_endpoint === undefined) return {};
  return fetchUserInfo(provider, accessToken, subject);
}

function toIdentity(claims: IDToken, { roleClaim }: OpenIdSettings): OrganisationIdentity {
  const values = claims[roleClaim];
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: textOf(claims.email),
    isEmailVerified: claims.email_verified === true,
    name: textOf(claims.name),
    roleValues: (Array.isArray(values) ? values : [values]).filter((value) => typeof value === "string"),
    authenticatedAt: claims.auth_time === undefined ? undefined : new Date(claims.auth_time * 1_000),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function toOpenIdError(error: unknown): OpenIdError {
  if (error instanceof OpenIdError) return error;
  if (error instanceof AuthorizationResponseError && CANCELLED.has(error.error)) {
    return new OpenIdError("cancelled", error);
  }
  return new OpenIdError(isOutage(error) ? "provider_unreachable" : "answer_refused", error);
}

/** The library's codes for: no answer in time, an answer of another status, an answer in another format. */
const OUTAGES = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
]);

function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") return OUTAGES.has(error.code);
  // What `fetch` throws when nobody answers.
  return error instanceof TypeError;
}
