import type { Route } from "next";
import type { Cure } from "@/lib/machine/cures/cures.types";
import { routes } from "@/lib/routes";

/** What a cure is to be filled in with: as much as is known of the request. */
export type CureFacts = {
  applicationId: string;
  email?: string | undefined;
  domain?: string | undefined;
  personId?: string | undefined;
  /** Those that the application lacks. */
  scopes: readonly string[];
  /** Where to check again afterwards. */
  back: Route;
};

export type CureLink = { href: Route; label: CureLabel; value: string };
type CureLabel =
  | "activate"
  | "secrets"
  | "authentication"
  | "grantScope"
  | "scopes"
  | "addDomain"
  | "delegation"
  | "liftDenial"
  | "allowPerson"
  | "impersonation"
  | "openPerson"
  | "findPerson";

/** The page on which a cure is saved, with its value filled in. Nothing is changed by going there. */
export const CURE_LINKS = {
  activate: ({ applicationId, back }) => ({
    href: routes.applications.detail(applicationId, { cure: "activate", back }),
    label: "activate",
    value: "",
  }),
  replaceSecret: ({ applicationId }) => ({
    href: routes.applications.secrets(applicationId),
    label: "secrets",
    value: "",
  }),
  changeAuthentication: ({ applicationId }) => ({
    href: routes.applications.authentication(applicationId),
    label: "authentication",
    value: "",
  }),
  grantScopes: ({ applicationId, scopes, back }) => ({
    href: routes.applications.edit(applicationId, { scope: scopes, back }),
    label: scopes.length === 0 ? "scopes" : "grantScope",
    value: scopes.join(", "),
  }),
  addDomain: ({ applicationId, domain, back }) => ({
    href: routes.applications.delegation(applicationId, { domain, back }),
    label: domain === undefined ? "delegation" : "addDomain",
    value: domain ?? "",
  }),
  liftDenial: ({ applicationId, email, back }) => ({
    href: `${routes.applications.delegation(applicationId, { back })}#delegation-deny` as Route,
    label: email === undefined ? "delegation" : "liftDenial",
    value: email ?? "",
  }),
  allowPerson: ({ applicationId, email, back }) => ({
    href: routes.applications.delegation(applicationId, { allow: email, back }),
    label: email === undefined ? "delegation" : "allowPerson",
    value: email ?? "",
  }),
  allowImpersonation: (facts) => ({ ...toPerson(facts), label: "impersonation" }),
  switchPersonOn: toPerson,
} as const satisfies Record<Cure, (facts: CureFacts) => CureLink>;

function toPerson({ personId, email, back }: CureFacts): CureLink {
  return personId === undefined
    ? { href: routes.people.list(email === undefined ? {} : { q: email }), label: "findPerson", value: "" }
    : { href: routes.people.detail(personId, { back }), label: "openPerson", value: email ?? "" };
}
