import "server-only";

import type { IncomingHttpHeaders } from "node:http";
// Not part of Next's public interface: a copy of this schema would disagree with it after an upgrade.
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import type { Refusal } from "@/lib/server/refusal/refusal";
import { wrongAddressPage } from "@/lib/server/refusal/wrong-address-page";
import { isForeignHost, isOwnOrigin } from "./own-host";

/** What Next calls an action: a byte of facts and a SHA-1, in hexadecimal. */
const ACTION_ID = /^[0-9a-f]{42}$/;

/**
 * Judges a request to a page by what Next and next-auth would fail over, with an error and a stack in the log, where it
 * is the caller who is wrong.
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
  if (!isRouterState(headers["next-router-state-tree"])) {
    return { status: 400, reason: "The header field next-router-state-tree is malformed." };
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

function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

/** Refuses a form that the platform's parser, which Next calls too, cannot read. `body` is whole. */
export async function checkPageForm(headers: IncomingHttpHeaders, body: Buffer): Promise<Refusal | undefined> {
  const type = headers["content-type"] ?? "";
  if (!/^multipart\/form-data/i.test(type)) return undefined;
  try {
    await new Response(new Uint8Array(body), { headers: { "Content-Type": type } }).formData();
    return undefined;
  } catch {
    return { status: 400, reason: "The form cannot be read." };
  }
}
