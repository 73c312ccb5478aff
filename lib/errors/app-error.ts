import type { AppReason } from "./app-reason";
import type { FieldReason } from "./field-reason";
import { isErrorNamed } from "./is-error-named";

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
  /** By the name of the field. */
  fieldErrors?: Record<string, FieldReason>;
};

/**
 * An expected failure of a verb. `reason` is for whoever asked, in words that the edge chooses, and for the log.
 * `message` repeats it, so that nothing private can slip out through an error's text.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly detail: string | undefined;
  readonly fieldErrors: Record<string, FieldReason> | undefined;

  constructor(
    readonly code: AppErrorCode,
    readonly reason: AppReason,
    options: AppErrorOptions = {},
  ) {
    super(reason, { cause: options.cause });
    this.detail = options.detail;
    this.fieldErrors = options.fieldErrors;
  }

  static override [Symbol.hasInstance](thrown: unknown): thrown is AppError {
    return isErrorNamed(thrown, "AppError");
  }
}
