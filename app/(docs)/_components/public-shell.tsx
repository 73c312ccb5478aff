import { cookies } from "next/headers";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/components/layout/brand";
import { Preferences } from "@/components/layout/preferences";
import { MAIN_ID, SkipLink } from "@/components/layout/skip-link";
import { pickMessages } from "@/lib/i18n/messages";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import { routes } from "@/lib/routes";
import { setLocale, setTheme } from "../../preferences/actions";
import { SignInLink } from "./sign-in-link";

/**
 * What stands around the documentation for somebody who has no account: its pages, the way in, language and colours.
 */
export async function PublicShell({ children }: { children: ReactNode }) {
  const [messages, t, jar] = await Promise.all([getMessages(), getTranslations("publicShell"), cookies()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <NextIntlClientProvider messages={pickMessages(messages, ["codeBlock", "errors", "failure"])}>
      <SkipLink />
      <div className="border-b border-line bg-surface">
        <header className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-2 sm:px-6 xl:max-w-7xl">
          <Brand />
          <nav aria-label={t("navigation")} className="order-last w-full text-sm font-medium sm:order-none sm:w-auto">
            <ul className="flex flex-wrap gap-x-6">
              <li>
                <Link href={routes.developers.start()} className="inline-flex min-h-8 items-center hover:underline">
                  {t("start")}
                </Link>
              </li>
              <li>
                <Link href={routes.developers.reference()} className="inline-flex min-h-8 items-center hover:underline">
                  {t("reference")}
                </Link>
              </li>
              <li>
                <Link href={routes.developers.errors()} className="inline-flex min-h-8 items-center hover:underline">
                  {t("errors")}
                </Link>
              </li>
            </ul>
          </nav>
          <SignInLink>{t("signIn")}</SignInLink>
        </header>
      </div>
      <main
        id={MAIN_ID}
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl px-4 py-8 outline-none sm:px-6 sm:py-10 xl:max-w-7xl"
      >
        {children}
      </main>
      <footer className="mx-auto w-full max-w-6xl px-4 pb-8 sm:px-6 xl:max-w-7xl">
        <Preferences theme={isTheme(theme) ? theme : "system"} setLocale={setLocale} setTheme={setTheme} />
      </footer>
    </NextIntlClientProvider>
  );
}
