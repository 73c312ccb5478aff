export type AppErrorCode =
  | "not_found"
  | "conflict"
  | "forbidden"
  | "unauthenticated"
  | "invalid"
  | "precondition"
  | "unavailable";

export type AppErrorOptions = {
  /** For the log only. Never sent to anybody. */
  detail?: string;
  cause?: unknown;
  /** Reasons by field name, each a key of the `errors` messages. */
  fieldErrors?: Record<string, string>;
};

/**
 * An expected failure of a verb. `reason` is a stable key: the portal translates it as `errors.<reason>`, logs count it.
 * `message` repeats it, so that nothing private can slip out through an error's text.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly detail: string | undefined;
  readonly fieldErrors: Record<string, string> | undefined;

  constructor(
    readonly code: AppErrorCode,
    readonly reason: string,
    options: AppErrorOptions = {},
  ) {
    super(reason, { cause: options.cause });
    this.detail = options.detail;
    this.fieldErrors = options.fieldErrors;
  }
}
