"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import type { ActionError } from "@/lib/actions/action-result";
import { routes } from "@/lib/routes";
import { useErrorText } from "./use-error-text";

type FormFailureProps = {
  error: ActionError;
  /** In the place of the sentence of its reason, where more is known. */
  text?: string | undefined;
  /** Where the focus belongs to a field instead. */
  leavesFocus?: boolean;
};

/**
 * Says why something could not be done, what to do now, and under which id the log knows more. It stands beside what was
 * pressed and takes the focus: what is said out of sight is said to nobody.
 */
export function FormFailure({ error, text, leavesFocus = false }: FormFailureProps) {
  const t = useTranslations("form");
  const errorText = useErrorText();
  const [path, query] = [usePathname(), useSearchParams().toString()];
  const address = query === "" ? path : `${path}?${query}`;
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Each failure is an object of its own, also when it says the same as the one before.
    if (!leavesFocus && error !== undefined) ref.current?.focus();
  }, [error, leavesFocus]);
  return (
    <Notice ref={ref} tabIndex={-1} tone="danger" role="alert">
      <p>{text ?? errorText(error.reason)}</p>
      {error.reason === "session_ended" && (
        <p>
          <a href={routes.signIn({ to: address })} target="_blank" rel="noreferrer" className="font-medium underline">
            {t("signInInNewTab")}
          </a>
        </p>
      )}
      {error.requestId !== undefined && <p>{t("requestId", { requestId: error.requestId })}</p>}
    </Notice>
  );
}
