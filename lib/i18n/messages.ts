import type { Messages } from "next-intl";
import type { PortalReason } from "@/lib/errors/app-reason";
import type { CallFailure } from "@/lib/errors/call-failure";
import type { PortalFieldReason } from "@/lib/errors/field-reason";
import enActivity from "@/messages/en/activity.json" with { type: "json" };
import enApplications from "@/messages/en/applications.json" with { type: "json" };
import enAudit from "@/messages/en/audit.json" with { type: "json" };
import enDelegation from "@/messages/en/delegation.json" with { type: "json" };
import enDevelopers from "@/messages/en/developers.json" with { type: "json" };
import enErrors from "@/messages/en/errors.json" with { type: "json" };
import enHome from "@/messages/en/home.json" with { type: "json" };
import enIncident from "@/messages/en/incident.json" with { type: "json" };
import enPalette from "@/messages/en/palette.json" with { type: "json" };
import enPeople from "@/messages/en/people.json" with { type: "json" };
import enPickUp from "@/messages/en/pick-up.json" with { type: "json" };
import enPortal from "@/messages/en/portal.json" with { type: "json" };
import enRooms from "@/messages/en/rooms.json" with { type: "json" };
import enSecondFactor from "@/messages/en/second-factor.json" with { type: "json" };
import enSecrets from "@/messages/en/secrets.json" with { type: "json" };
import enSignIn from "@/messages/en/sign-in.json" with { type: "json" };
import enStaff from "@/messages/en/staff.json" with { type: "json" };
import enUsage from "@/messages/en/usage.json" with { type: "json" };
import frActivity from "@/messages/fr/activity.json" with { type: "json" };
import frApplications from "@/messages/fr/applications.json" with { type: "json" };
import frAudit from "@/messages/fr/audit.json" with { type: "json" };
import frDelegation from "@/messages/fr/delegation.json" with { type: "json" };
import frDevelopers from "@/messages/fr/developers.json" with { type: "json" };
import frErrors from "@/messages/fr/errors.json" with { type: "json" };
import frHome from "@/messages/fr/home.json" with { type: "json" };
import frIncident from "@/messages/fr/incident.json" with { type: "json" };
import frPalette from "@/messages/fr/palette.json" with { type: "json" };
import frPeople from "@/messages/fr/people.json" with { type: "json" };
import frPickUp from "@/messages/fr/pick-up.json" with { type: "json" };
import frPortal from "@/messages/fr/portal.json" with { type: "json" };
import frRooms from "@/messages/fr/rooms.json" with { type: "json" };
import frSecondFactor from "@/messages/fr/second-factor.json" with { type: "json" };
import frSecrets from "@/messages/fr/secrets.json" with { type: "json" };
import frSignIn from "@/messages/fr/sign-in.json" with { type: "json" };
import frStaff from "@/messages/fr/staff.json" with { type: "json" };
import frUsage from "@/messages/fr/usage.json" with { type: "json" };
import type { Locale } from "./locales";

// One file for each part of the portal, so that nobody has to read all to find a sentence.
const en = {
  ...enPortal,
  ...enSignIn,
  ...enSecondFactor,
  ...enHome,
  ...enApplications,
  ...enSecrets,
  ...enPickUp,
  ...enDelegation,
  ...enActivity,
  ...enUsage,
  ...enIncident,
  ...enPalette,
  ...enPeople,
  ...enRooms,
  ...enAudit,
  ...enStaff,
  ...enDevelopers,
  // A reason that nobody can be told does not compile, nor does one that is missing in another language.
  errors: enErrors.errors satisfies Record<PortalReason | PortalFieldReason | "unexpected" | CallFailure, string>,
};

const fr = {
  ...frPortal,
  ...frSignIn,
  ...frSecondFactor,
  ...frHome,
  ...frApplications,
  ...frSecrets,
  ...frPickUp,
  ...frDelegation,
  ...frActivity,
  ...frUsage,
  ...frIncident,
  ...frPalette,
  ...frPeople,
  ...frRooms,
  ...frAudit,
  ...frStaff,
  ...frDevelopers,
  ...frErrors,
};

/** What a catalogue holds. Both languages are held to the English one. */
export type Catalogue = typeof en;

export const MESSAGES: Record<Locale, Catalogue> = { en, fr };

/** Returns the parts of the catalogue that the components of one screen use in the browser. The rest stays here. */
export function pickMessages<Namespace extends keyof Messages>(
  messages: Messages,
  namespaces: readonly Namespace[],
): Pick<Messages, Namespace> {
  return Object.fromEntries(namespaces.map((namespace) => [namespace, messages[namespace]])) as Pick<
    Messages,
    Namespace
  >;
}
