"use client";

import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { reachAction } from "@/components/form/reach-action";
import type { ActionResult } from "@/lib/actions/action-result";

type Options = PublicKeyCredentialRequestOptionsJSON;

/** Asks the server what to ask, a passkey for its answer, and sends that. Fails as an action does. */
export async function answerWithPasskey<Data>(
  ask: () => Promise<ActionResult<Options>>,
  send: (answer: AuthenticationResponseJSON) => Promise<ActionResult<Data>>,
): Promise<ActionResult<Data>> {
  const asked = await reachAction(ask);
  if (!asked.ok) return asked;
  const answer = await askBrowser(async () => {
    const { startAuthentication } = await import("@simplewebauthn/browser");
    return startAuthentication({ optionsJSON: asked.data });
  });
  return answer.ok ? reachAction(() => send(answer.data)) : answer;
}

/** Has the browser make a passkey. Fails as an action does. */
export function makePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<ActionResult<RegistrationResponseJSON>> {
  return askBrowser(async () => {
    const { startRegistration } = await import("@simplewebauthn/browser");
    return startRegistration({ optionsJSON });
  });
}

/**
 * Browsers say little about why no passkey was used, so that no page learns which there are: it was broken off, took too
 * long, or there is none.
 */
async function askBrowser<Answer>(ask: () => Promise<Answer>): Promise<ActionResult<Answer>> {
  try {
    return { ok: true, data: await ask() };
  } catch (error) {
    const isKnown = error instanceof Error && error.name === "InvalidStateError";
    return { ok: false, error: { reason: isKnown ? "passkey_known_here" : "passkey_not_used" } };
  }
}
