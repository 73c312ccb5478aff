"use client";

import { type Messages, useTranslations } from "next-intl";

type ErrorReason = keyof Messages["errors"];

/** Returns how to say a reason in the page's language. A reason without a sentence of its own gets the general one. */
export function useErrorText(): (reason: string | undefined) => string {
  const t = useTranslations("errors");
  return (reason) => {
    const isKnown = (key: string | undefined): key is ErrorReason => key !== undefined && t.has(key as ErrorReason);
    return t(isKnown(reason) ? reason : "unexpected");
  };
}
