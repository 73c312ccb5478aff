import type { Messages } from "next-intl";
import en from "@/messages/en.json";
import fr from "@/messages/fr.json";
import type { Locale } from "./locales";

export const MESSAGES: Record<Locale, typeof en> = { en, fr };

/** Returns the parts of the catalogue that the components of one screen use in the browser. The rest stays here. */
export function pickMessages<Namespace extends keyof Messages>(
  messages: Messages,
  namespaces: readonly Namespace[],
): Pick<Messages, Namespace> {
  return Object.fromEntries(namespaces.map((namespace) => [namespace, messages[namespace]])) as Pick<
    Messages,
    Namespace
  >;
}
