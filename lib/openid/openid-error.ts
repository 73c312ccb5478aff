import "server-only";

import { isErrorNamed } from "@/lib/errors/is-error-named";

export type OpenIdFailure =
  /** It does not answer, or not as a provider. */
  | "provider_unreachable"
  /** Whoever was asked to sign in did not want to. */
  | "cancelled"
  /** The answer proves nothing: not meant for this browser, not signed by the provider, not for this portal. */
  | "answer_refused";

/**
 * Why a sign-in through the provider did not happen. `detail` is the library's name of the cause and nothing of the
 * answer itself, whose errors carry codes, tokens and whatever a stranger wrote into the address.
 */
export class OpenIdError extends Error {
  override readonly name = "OpenIdError";
  readonly detail: string;

  constructor(
    readonly failure: OpenIdFailure,
    cause?: unknown,
  ) {
    super(failure);
    this.detail = nameOf(cause);
  }

  static override [Symbol.hasInstance](thrown: unknown): thrown is OpenIdError {
    return isErrorNamed(thrown, "OpenIdError");
  }
}

function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
