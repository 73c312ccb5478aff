"use client";

import type { ActionResult } from "@/lib/actions/action-result";
import { routes } from "@/lib/routes";

/** Sends the proof of the member who is signed in; the answer's cookie is that of a fresh session. */
export async function sendProof(
  proof: { password: string; code?: string } | { passkey: object },
): Promise<ActionResult<null>> {
  try {
    const response = await fetch(routes.reauthenticate(), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(proof),
    });
    return (await response.json()) as ActionResult<null>;
  } catch {
    return { ok: false, error: { reason: "unreachable" } };
  }
}
