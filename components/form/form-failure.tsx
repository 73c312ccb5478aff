"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { ActionError } from "@/lib/actions/action-result";
import { routes } from "@/lib/routes";
import { useErrorText } from "./use-error-text";

/** Says why something could not be done, what to do now, and under which id the log knows more. */
export function FormFailure({ error }: { error: ActionError }) {
  const t = useTranslations("form");
  const errorText = useErrorText();
  const [path, query] = [usePathname(), useSearchParams().toString()];
  const address = query === "" ? path : `${path}?${query}`;
  return (
    <Notice tone="danger" role="alert">
      <p>{errorText(error.reason)}</p>
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
