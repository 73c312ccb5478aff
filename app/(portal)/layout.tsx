import { Menu } from "lucide-react";
import { cookies, headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FreshSignInProvider } from "@/components/form/identity/fresh-sign-in-provider";
import { UnsavedChangesGuard } from "@/components/form/unsaved-changes";
import { SingleKeys } from "@/components/keyboard/single-keys";
import { Brand } from "@/components/layout/brand";
import { Disclosure } from "@/components/layout/disclosure";
import { NavigationBar } from "@/components/layout/navigation-bar";
import { MAIN_ID, SkipLink } from "@/components/layout/skip-link";
import { TimeZoneFollower } from "@/components/layout/time-zone-follower";
import { UserMenu } from "@/components/layout/user-menu";
import { StatusRegion } from "@/components/ui/status-region";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import { config } from "@/lib/env/config";
import { pickMessages } from "@/lib/i18n/messages";
import { areSingleKeysOn, SINGLE_KEYS_COOKIE } from "@/lib/i18n/single-keys";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import { readTimeZone, TIME_ZONE_COOKIE } from "@/lib/i18n/time-zone-cookie";
import { VERSION } from "@/lib/version";
import { signOutAction } from "../(auth)/sign-out/actions";
import { followTimeZone, setLocale, setTheme } from "../preferences/actions";
import { CLIENT_NAMESPACES } from "./_components/client-namespaces";
import { PortalKeys } from "./_components/keys/portal-keys";
import { listShortcuts } from "./_components/keys/shortcuts";
import { listPaletteEntries } from "./_components/palette/list-palette-entries";
import { PortalNavigation } from "./_components/portal-navigation";
import { askPasskeyProofAction, findProofFactorsAction } from "./account/second-factor/actions";

/**
 * The shell: navigation, user menu and, for staff alone, the version. Who may see a page is the page's question.
 */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const [messages, t, jar, fields, session] = await Promise.all([
    getMessages(),
    getTranslations("shell"),
    cookies(),
    headers(),
    findStaffSession(),
  ]);
  const theme = jar.get(THEME_COOKIE)?.value;
  const timeZone = readTimeZone(jar.get(TIME_ZONE_COOKIE)?.value);
  const hasSingleKeys = areSingleKeysOn(jar.get(SINGLE_KEYS_COOKIE)?.value);
  return (
    <NextIntlClientProvider messages={pickMessages(messages, CLIENT_NAMESPACES)}>
      <SkipLink />
      <NavigationBar />
      {session !== undefined && !timeZone.isChosen && <TimeZoneFollower zone={timeZone.zone} follow={followTimeZone} />}
      <div className="sticky top-0 z-20 border-b border-line bg-surface">
        <header className="flex items-center gap-x-2 px-4 py-2 sm:px-6">
          {session !== undefined && (
            <div className="lg:hidden">
              <Disclosure
                align="start"
                closesOnNavigation
                summary={
                  <>
                    <Menu aria-hidden="true" className="size-5" />
                    <span className="sr-only">{t("menu")}</span>
                  </>
                }
              >
                <PortalNavigation role={session.staff.role} />
              </Disclosure>
            </div>
          )}
          <Brand isCrowded />
          <div className="ml-auto flex items-center gap-2">
            {session !== undefined && (
              <PortalKeys
                entries={await listPaletteEntries(session.staff.role)}
                shortcuts={listShortcuts(session.staff.role)}
                areSingleKeysOn={hasSingleKeys}
                isApple={/Mac OS X|iPhone|iPad/.test(fields.get("user-agent") ?? "")}
              />
            )}
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
      <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        {session !== undefined && (
          <aside className="sticky top-[3.6rem] hidden h-[calc(100dvh-3.6rem)] overflow-y-auto border-r border-line bg-surface px-3 py-5 lg:block">
            <PortalNavigation role={session.staff.role} />
          </aside>
        )}
        <div className="flex flex-col">
          <main
            id={MAIN_ID}
            tabIndex={-1}
            className="mx-auto w-full max-w-6xl flex-1 px-4 py-8 outline-none sm:px-6 sm:py-10 xl:max-w-7xl"
          >
            {session === undefined ? (
              children
            ) : (
              <StatusRegion>
                <FreshSignInProvider
                  email={session.staff.email}
                  findFactors={findProofFactorsAction}
                  askPasskey={askPasskeyProofAction}
                  organisation={
                    session.signInMethod === "identity_provider" ? { label: config().openId?.buttonLabel } : undefined
                  }
                >
                  <UnsavedChangesGuard>
                    <SingleKeys areOn={hasSingleKeys}>{children}</SingleKeys>
                  </UnsavedChangesGuard>
                </FreshSignInProvider>
              </StatusRegion>
            )}
          </main>
          {session !== undefined && (
            <footer className="mx-auto w-full max-w-6xl px-4 pb-4 text-xs text-ink-muted sm:px-6 xl:max-w-7xl">
              {t("version", { version: VERSION })}
            </footer>
          )}
        </div>
      </div>
    </NextIntlClientProvider>
  );
}
