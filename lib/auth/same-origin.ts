import "server-only";

import { headers } from "next/headers";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";

type HeaderReader = Pick<Headers, "get">;

/**
 * Tells whether a request that changes something was made by a page of ours. Its `Origin` must be that of PUBLIC_URL or
 * of the host the request was sent to; a page elsewhere can forge neither header. Without `Origin`, which browsers
 * leave out of some requests, `Sec-Fetch-Site` must say `same-origin`. `null`, sent by sandboxed frames, is a stranger.
 */
export function isSameOrigin(requestHeaders: HeaderReader, publicUrl: string): boolean {
  const origin = requestHeaders.get("origin");
  if (origin === null) return requestHeaders.get("sec-fetch-site") === "same-origin";
  const own = new URL(publicUrl);
  const host = requestHeaders.get("host");
  return origin === own.origin || (host !== null && origin === `${own.protocol}//${host.toLowerCase()}`);
}

/** Throws AppError `forbidden` unless a request was made by a page of ours. */
export function requireOwnOrigin(requestHeaders: HeaderReader, publicUrl: string): void {
  if (isSameOrigin(requestHeaders, publicUrl)) return;
  throw new AppError("forbidden", "forbidden", { detail: "The request came from another origin." });
}

/** The same for the request being handled. Next lets some others pass. */
export async function requireSameOrigin(): Promise<void> {
  requireOwnOrigin(await headers(), config().publicUrl);
}
