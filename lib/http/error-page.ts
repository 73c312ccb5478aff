import "server-only";

import { routes } from "@/lib/routes";

/** Where errors are explained, each under an anchor with the name of its code. Public: a program's owner follows it. */
export function errorPageOf(publicUrl: string): string {
  return `${publicUrl}${routes.developers.errors()}`;
}
