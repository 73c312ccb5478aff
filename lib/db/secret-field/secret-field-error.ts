/**
 * Why a secret field refused an operation:
 * `looks_hashed` a value shaped like a stored hash was given where a plain secret belongs;
 * `not_plain_text` the value is empty or no text at all;
 * `compared` the field stands in a filter, an order, a grouping or another place that compares it;
 * `unsupported` the operation is not understood, so that it cannot be vouched for;
 * `misconfigured` the declaration does not fit the client.
 */
export type SecretFieldErrorCode = "looks_hashed" | "not_plain_text" | "compared" | "unsupported" | "misconfigured";

/** Thrown instead of storing, comparing or passing on a secret in an unsafe way. Never contains the value. */
export class SecretFieldError extends Error {
  override readonly name = "SecretFieldError";
  readonly code: SecretFieldErrorCode;
  /** `Model.field`, or the model alone. */
  readonly target: string;

  constructor(code: SecretFieldErrorCode, target: string, explanation: string) {
    super(`${target}: ${explanation}`);
    this.code = code;
    this.target = target;
  }
}
