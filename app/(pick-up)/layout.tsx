import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/components/layout/brand";
import { Preferences } from "@/components/layout/preferences";
import { pickMessages } from "@/lib/i18n/messages";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import { setLocale, setTheme } from "../preferences/actions";

const NAMESPACES = ["copyField", "errors", "failure", "form", "pickUp", "reveal"] as const;

/** What stands around the page for somebody who was sent a link and has no account: whose it is, language and colours. */
export default async function PickUpLayout({ children }: { children: ReactNode }) {
  const [messages, jar] = await Promise.all([getMessages(), cookies()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <NextIntlClientProvider messages={pickMessages(messages, NAMESPACES)}>
      <div className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col px-4">
        <header className="py-4">
          <Brand />
        </header>
        <main className="grid flex-1 content-center py-8">{children}</main>
        <footer className="pb-8">
          <Preferences theme={isTheme(theme) ? theme : "system"} setLocale={setLocale} setTheme={setTheme} />
        </footer>
      </div>
    </NextIntlClientProvider>
  );
}
