import "server-only";

import { DataDirectoryBusyError } from "@/lib/db/data-directory/data-directory-lock";
import { DataDirectoryError } from "@/lib/db/data-directory/prepare-data-directory";
import { DatabaseStartError } from "@/lib/db/open-database";
import { EnvironmentError } from "@/lib/env/environment-error";
import { AppError } from "@/lib/errors/app-error";

/**
 * Says why the server did not start. What an operator can mend is a sentence; anything else is a bug and comes with its
 * stack.
 */
export function describeStartFailure(error: unknown, address: { host: string; port: number } | undefined): string {
  if (error instanceof EnvironmentError || error instanceof DataDirectoryBusyError) return error.message;
  if (error instanceof DataDirectoryError || error instanceof DatabaseStartError) return error.message;
  if (error instanceof AppError && error.detail !== undefined) return error.detail;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (address !== undefined && code === "EADDRINUSE") {
    return `Port ${address.port} is in use already. Choose another one with PORT.`;
  }
  if (address !== undefined && code === "EACCES") {
    return `Listening on ${address.host} port ${address.port}, or writing to the data directory, is not permitted.`;
  }
  if (address !== undefined && code === "EADDRNOTAVAIL") return `HOST: ${address.host} is no address of this machine.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
