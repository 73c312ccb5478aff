import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { Preferences } from "@/components/layout/preferences";
import { pickMessages } from "@/lib/i18n/messages";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import { setLocale, setTheme } from "../preferences/actions";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const [messages, jar] = await Promise.all([getMessages(), cookies()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <NextIntlClientProvider
      messages={pickMessages(messages, ["errors", "failure", "form", "oneTimeLink", "secondFactorSignIn", "signIn"])}
    >
      <div className="flex min-h-dvh flex-col">
        <main className="mx-auto grid w-full max-w-md flex-1 content-center gap-6 px-4 py-12">{children}</main>
        <footer className="mx-auto px-4 pb-8">
          <Preferences theme={isTheme(theme) ? theme : "system"} setLocale={setLocale} setTheme={setTheme} />
        </footer>
      </div>
    </NextIntlClientProvider>
  );
}
