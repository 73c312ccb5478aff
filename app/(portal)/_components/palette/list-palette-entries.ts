import { getTranslations } from "next-intl/server";
import { isPermitted, type Permission, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { PARTS } from "../portal-navigation";
import type { PaletteEntry, PaletteStep } from "./palette-entry.types";

type Offer<Name> = { name: Name; permission: Permission; step: PaletteStep };

const PAGES = [
  { name: "unrestricted", permission: "applications:read", step: { href: routes.unrestrictedList() } },
  { name: "reference", permission: "applications:read", step: { href: routes.developers.reference() } },
  { name: "errors", permission: "applications:read", step: { href: routes.developers.errors() } },
  { name: "account", permission: "account:write", step: { href: routes.account() } },
  { name: "incident", permission: "applications:read", step: { href: routes.incident() } },
] as const satisfies readonly Offer<string>[];

const ACTIONS = [
  { name: "create", permission: "applications:write", step: { href: routes.applications.new() } },
  { name: "rotate", permission: "secrets:write", step: { purpose: "rotate" } },
  { name: "deactivate", permission: "applications:write", step: { purpose: "deactivate" } },
  { name: "checkAccess", permission: "applications:read", step: { purpose: "check-access" } },
  { name: "invite", permission: "staff:write", step: { href: routes.staff.invite() } },
  { name: "keys", permission: "account:write", step: { showsKeys: true } },
] as const satisfies readonly Offer<string>[];

/** The pages and actions that a role has, in the language of whoever asks. Each page and action asks again by itself. */
export async function listPaletteEntries(role: StaffRole): Promise<PaletteEntry[]> {
  const [t, tShell] = await Promise.all([getTranslations("paletteEntries"), getTranslations("shell")]);
  const may = ({ permission }: { permission: Permission }) => isPermitted(role, permission);
  return [
    ...PARTS.filter(may).map(
      ({ label, href }): PaletteEntry => ({ id: label, kind: "page", label: tShell(`parts.${label}`), step: { href } }),
    ),
    ...PAGES.filter(may).map(
      ({ name, step }): PaletteEntry => ({ id: name, kind: "page", label: t(`pages.${name}`), step }),
    ),
    ...ACTIONS.filter(may).map(
      ({ name, step }): PaletteEntry => ({ id: name, kind: "action", label: t(`actions.${name}`), step }),
    ),
  ];
}
