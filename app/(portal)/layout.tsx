import { AppWindow } from "lucide-react";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/components/layout/brand";
import { NavLink } from "@/components/layout/nav-link";
import { MAIN_ID, SkipLink } from "@/components/layout/skip-link";
import { UserMenu } from "@/components/layout/user-menu";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { pickMessages } from "@/lib/i18n/messages";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import { routes } from "@/lib/routes";
import { signOutAction } from "../(auth)/sign-out/actions";
import { setLocale, setTheme } from "../preferences/actions";

const CLIENT_NAMESPACES = [
  "application",
  "applicationForm",
  "applications",
  "authentication",
  "authenticationMethods",
  "copyField",
  "errors",
  "failure",
  "form",
  "grantTypes",
  "reveal",
  "scopes",
] as const;

/** The shell: navigation and user menu. Who may see a page is the page's question. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const [messages, t, jar, session] = await Promise.all([
    getMessages(),
    getTranslations("shell"),
    cookies(),
    findStaffSession(),
  ]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <NextIntlClientProvider messages={pickMessages(messages, CLIENT_NAMESPACES)}>
      <SkipLink />
      <div className="border-b border-line bg-surface">
        <header className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 sm:gap-x-8 sm:px-6">
          <Brand />
          <nav aria-label={t("navigation")} className="order-last flex w-full flex-wrap gap-1 sm:order-none sm:w-auto">
            <NavLink href={routes.applications.list()}>
              <AppWindow aria-hidden="true" />
              {t("applications")}
            </NavLink>
          </nav>
          <div className="ml-auto">
            {session !== undefined && (
              <UserMenu
                staff={session.staff}
                theme={isTheme(theme) ? theme : "system"}
                setLocale={setLocale}
                setTheme={setTheme}
                signOut={signOutAction}
              />
            )}
          </div>
        </header>
      </div>
      <main id={MAIN_ID} tabIndex={-1} className="mx-auto max-w-6xl px-4 py-8 outline-none sm:px-6 sm:py-10">
        {children}
      </main>
    </NextIntlClientProvider>
  );
}
