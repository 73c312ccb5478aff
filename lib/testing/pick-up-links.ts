import { makePickUpLink } from "@/lib/applications/pick-up/make-pick-up-link";
import { openPickUpLink } from "@/lib/applications/pick-up/open-pick-up-link";
import type { PickedUpSecret } from "@/lib/applications/pick-up/pick-up-link.types";
import { pickUpSecret } from "@/lib/applications/pick-up/pick-up-secret";
import type { RotateSecret } from "@/lib/applications/secrets/application-secret.schema";
import type { StaffActor, VisitorActor } from "@/lib/audit/actor";
import type { Clock } from "@/lib/time";
import { contextOf } from "./verb-context";

export const INTEGRATOR: VisitorActor = { kind: "system", ip: "198.51.100.7", requestId: "request-of-an-integrator" };
export const SOMEBODY_ELSE: VisitorActor = { kind: "system", ip: "203.0.113.9", requestId: "request-of-another" };

/** What staff do to make a link, and whoever holds it to use it, by one clock. */
export function createPickUps(staff: StaffActor, now: Clock) {
  return {
    /** Makes a link for a secret that replaces none, unless told otherwise. */
    async make(applicationId: string, choices: Partial<RotateSecret> = {}) {
      const nothing = { secretIds: [], revocation: "now" as const, revocationAt: "", label: "", expiresAt: "" };
      const link = await makePickUpLink(contextOf(staff, now), { applicationId, ...nothing, ...choices });
      return { ...link, token: tokenOf(link) };
    },
    open: (token: string, by = INTEGRATOR) => openPickUpLink(contextOf(by, now), token),
    press: (token: string, by = INTEGRATOR) => pickUpSecret(contextOf(by, now), token),
  };
}

/** The token of a link, which stands in the fragment of its address. */
export function tokenOf({ url }: { url: string }): string {
  return url.split("#")[1] ?? "";
}

/** What a press has brought. Throws where it has brought nothing. */
export function credentialsOf(result: PickedUpSecret) {
  if (result.state !== "made") throw new Error(`No secret was made: ${result.state}.`);
  return result.credentials;
}
