import { getTranslations } from "next-intl/server";
import { Message } from "@/components/layout/message";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { leastRoleWith, type Permission } from "@/lib/permissions";
import { routes } from "@/lib/routes";

/** What stands in place of a page that wants `permission`: which role opens it, and who is signed in as what. */
export async function RoleRefusal({ permission }: { permission: Permission }) {
  const session = await findStaffSession();
  // It is rendered beside every page of its folder; without a session none of them shows it.
  if (session === undefined) return null;
  const [t, tShell] = await Promise.all([getTranslations("forbiddenPage"), getTranslations("shell")]);
  const { email, role } = session.staff;
  return (
    <Message title={t("title")} link={{ href: routes.home(), label: t("home") }}>
      <p className="wrap-anywhere">
        {t("text", { required: leastRoleWith(permission), email, role: tShell(`roles.${role}`) })}
      </p>
    </Message>
  );
}
