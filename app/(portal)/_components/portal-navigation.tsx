import { Activity, AppWindow, Code, House, type LucideIcon, ScrollText, UserCog, Users, Video } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { NavLink } from "@/components/layout/nav-link";
import { isPermitted, type Permission, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";

type Part = { label: PartName; href: Route; icon: LucideIcon; permission: Permission };
type PartName = "home" | "applications" | "activity" | "rooms" | "people" | "audit" | "staff" | "developers";

/** The parts of the portal in the order of attention. */
export const PARTS: readonly Part[] = [
  { label: "home", href: routes.home(), icon: House, permission: "applications:read" },
  { label: "applications", href: routes.applications.list(), icon: AppWindow, permission: "applications:read" },
  { label: "activity", href: routes.activity(), icon: Activity, permission: "applications:read" },
  { label: "rooms", href: routes.rooms.list(), icon: Video, permission: "rooms:read" },
  { label: "people", href: routes.people.list(), icon: Users, permission: "people:read" },
  { label: "audit", href: routes.audit.list(), icon: ScrollText, permission: "audit:read" },
  { label: "staff", href: routes.staff.list(), icon: UserCog, permission: "staff:read" },
  { label: "developers", href: routes.developers.start(), icon: Code, permission: "applications:read" },
];

/** The main navigation, with the parts that the role may open. Each page asks for its permission itself. */
export function PortalNavigation({ role }: { role: StaffRole }) {
  const t = useTranslations("shell");
  return (
    <nav aria-label={t("navigation")}>
      <ul className="grid gap-0.5">
        {PARTS.filter(({ permission }) => isPermitted(role, permission)).map(({ label, href, icon: Icon }) => (
          <li key={label}>
            <NavLink href={href}>
              <Icon aria-hidden="true" />
              {t(`parts.${label}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
