import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { pickMessages } from "@/lib/i18n/messages";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("metadata");
  return {
    title: { default: "Vestibule", template: "%s · Vestibule" },
    description: t("description"),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

/** The document. Its language and colours are known here, so that the first paint is the right one. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, messages, jar] = await Promise.all([getLocale(), getMessages(), cookies()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <html lang={locale} data-theme={isTheme(theme) && theme !== "system" ? theme : undefined}>
      <body>
        <NextIntlClientProvider messages={pickMessages(messages, ["failure"])}>{children}</NextIntlClientProvider>
      </body>
    </html>
  );
}
