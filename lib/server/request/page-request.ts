import "server-only";

import type { IncomingHttpHeaders } from "node:http";
import { isForeignHost, isOwnOrigin } from "./own-host";
import type { Refusal } from "./refusal";
import { wrongAddressPage } from "./wrong-address-page";

/** What Next calls an action: a byte of facts and a SHA-1, in hexadecimal. */
const ACTION_ID = /^[0-9a-f]{42}$/;

/**
 * Judges a request to a page by what Next and next-auth would fail over, with an error and a stack in the log, where it is
 * the caller who is wrong.
 */
export function checkPageRequest(
  { method, headers }: { method: string; headers: IncomingHttpHeaders },
  publicUrl: string,
): Refusal | undefined {
  const page = () => wrongAddressPage(publicUrl);
  if (isForeignHost(headers, publicUrl)) {
    // RFC 9110 §15.5.20
    return { status: 421, reason: "The portal has another address.", page: page() };
  }
  if (method !== "POST") return undefined;
  const { origin, host } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, host, publicUrl)) {
    return { status: 403, reason: "The request came from another origin.", page: page() };
  }
  const action = headers["next-action"];
  if (action !== undefined && !ACTION_ID.test([action].flat().join())) {
    return { status: 400, reason: "The header field next-action is malformed." };
  }
  return undefined;
}
