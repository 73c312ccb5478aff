"use server";

import { cookies } from "next/headers";
import { DISMISSED, FIRST_STEPS_COOKIE } from "@/lib/applications/attention/first-steps";
import { config } from "@/lib/env/config";
import { isLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { isSingleKeysChoice, SINGLE_KEYS_COOKIE } from "@/lib/i18n/single-keys";
import { isTheme, THEME_COOKIE } from "@/lib/i18n/themes";
import { TIME_ZONE_COOKIE, writeTimeZone } from "@/lib/i18n/time-zone-cookie";
import { readColumnsForm } from "@/lib/list/hidden-columns";
import { isTimeZone } from "@/lib/time-zone";

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

/** Remembers the time zone that somebody chose in this browser; an empty one lets the browser say it again. */
export async function setTimeZone(form: FormData): Promise<void> {
  const zone = form.get("zone");
  if (isTimeZone(zone)) await remember(TIME_ZONE_COOKIE, writeTimeZone({ zone, isChosen: true }));
  if (zone === "") (await cookies()).delete(TIME_ZONE_COOKIE);
}

/** Remembers in this browser whether keys that are pressed by themselves do something. */
export async function setSingleKeys(form: FormData): Promise<void> {
  const choice = form.get("keys");
  if (isSingleKeysChoice(choice)) await remember(SINGLE_KEYS_COOKIE, choice);
}

/** Remembers in this browser that the first steps of a new installation are not to be shown any more. */
export async function dismissFirstSteps(): Promise<void> {
  await remember(FIRST_STEPS_COOKIE, DISMISSED);
}

/** Remembers the time zone that the browser says. */
export async function followTimeZone(zone: string): Promise<void> {
  if (isTimeZone(zone)) await remember(TIME_ZONE_COOKIE, writeTimeZone({ zone, isChosen: false }));
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
