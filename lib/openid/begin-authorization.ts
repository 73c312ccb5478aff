import "server-only";

import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { OpenIdSettings } from "@/lib/env/services/read-openid-settings";
import { openIdProvider } from "./openid-provider";

/** What the browser that asked must show again when the provider sends it back. */
export type AuthorizationSecrets = { state: string; nonce: string; codeVerifier: string };

/**
 * Returns where to send a browser so that somebody signs in, and what to keep for the answer. `isFresh`: whoever is
 * signed in at the provider has to prove it once more. Throws OpenIdError `provider_unreachable`.
 */
export async function beginAuthorization(
  settings: OpenIdSettings,
  { redirectUri, isFresh }: { redirectUri: string; isFresh: boolean },
): Promise<{ url: URL; secrets: AuthorizationSecrets }> {
  const provider = await openIdProvider(settings);
  const secrets = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: redirectUri,
    scope: "openid email profile",
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await calculatePKCECodeChallenge(secrets.codeVerifier),
    code_challenge_method: "S256",
    ...(isFresh ? { prompt: "login", max_age: "0" } : {}),
  });
  return { url, secrets };
}
