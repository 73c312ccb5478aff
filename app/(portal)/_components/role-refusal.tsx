import { getTranslations } from "next-intl/server";
import { Message } from "@/components/layout/message";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { isPermitted, leastRoleWith, type Permission } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { listAdministrators } from "@/lib/staff/listing/list-staff";

const ADMINISTRATORS_SHOWN = 5;

/** What stands in place of a page that wants `permission`: which role opens it, who is signed in as what, whom to ask. */
export async function RoleRefusal({ permission }: { permission: Permission }) {
  const session = await findStaffSession();
  // It is rendered beside every page of its folder, for those who see the page too.
  if (session === undefined || isPermitted(session.staff.role, permission)) return null;
  const [t, tShell, administrators] = await Promise.all([
    getTranslations("forbiddenPage"),
    getTranslations("shell"),
    listAdministrators(ADMINISTRATORS_SHOWN),
  ]);
  const { email, role } = session.staff;
  return (
    <Message title={t("title")} link={{ href: routes.home(), label: t("home") }}>
      <p className="wrap-anywhere">
        {t("text", { required: leastRoleWith(permission), email, role: tShell(`roles.${role}`) })}
      </p>
      <ul className="list-disc space-y-1 pl-5">
        {administrators.map((one) => (
          <li key={one.email} className="wrap-anywhere">
            {t.rich("administrator", {
              name: one.name,
              email: one.email,
              link: (text) => (
                <a className="font-medium underline" href={`mailto:${encodeURIComponent(one.email)}`}>
                  {text}
                </a>
              ),
            })}
          </li>
        ))}
      </ul>
    </Message>
  );
}
