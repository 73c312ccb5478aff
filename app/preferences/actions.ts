"use server";

import { cookies } from "next/headers";
import { config } from "@/lib/env/config";
import { isLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import { readColumnsForm } from "@/lib/list/hidden-columns";

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language in this browser. Anybody may choose one: it says nothing about who they are. */
export async function setLocale(form: FormData): Promise<void> {
  const locale = form.get("locale");
  if (isLocale(locale)) await remember(LOCALE_COOKIE, locale);
}

/** Remembers the colours in this browser. */
export async function setTheme(form: FormData): Promise<void> {
  const theme = form.get("theme");
  if (isTheme(theme)) await remember(THEME_COOKIE, theme);
}

/**
 * Remembers in this browser which columns of a list are hidden. Which columns may be seen at all is the page's
 * business.
 */
export async function setColumns(form: FormData): Promise<void> {
  const cookie = readColumnsForm(form);
  if (cookie !== undefined) await remember(cookie.name, cookie.value);
}

async function remember(name: string, value: string): Promise<void> {
  const jar = await cookies();
  jar.set(name, value, {
    maxAge: ONE_YEAR_SECONDS,
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure: config().publicUrl.startsWith("https:"),
  });
}
