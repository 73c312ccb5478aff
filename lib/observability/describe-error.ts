import "server-only";

const DEPTH_MAX = 4;

/** A thrown value as the log keeps it. */
export type ErrorDescription = {
  type: string;
  message?: string;
  code?: string;
  stack?: string;
  cause?: ErrorDescription;
};

/**
 * Describes anything thrown, its chain of causes included. Own fields are left out: libraries hang whole requests on
 * their errors. The message of a query that Prisma refused is left out too, because it repeats the values of the query.
 */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const code: unknown = "code" in thrown ? thrown.code : undefined;
  const quotesInput = thrown.name === "PrismaClientValidationError";
  return {
    type: thrown.name,
    ...(quotesInput ? {} : { message: thrown.message }),
    ...(typeof code === "string" ? { code } : {}),
    ...(thrown.stack === undefined ? {} : { stack: quotesInput ? framesOf(thrown.stack) : thrown.stack }),
    ...(thrown.cause === undefined || depth >= DEPTH_MAX ? {} : { cause: describeError(thrown.cause, depth + 1) }),
  };
}

/** The stack without the message that stands above it. */
function framesOf(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
