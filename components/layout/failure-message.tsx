"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Message } from "./message";

type FailureMessageProps = {
  /** Next's number for the error, which the log has too. */
  digest: string | undefined;
};

/**
 * What is shown when a page could not be made: never an empty list, never the reason itself. The way out loads the whole
 * page, since what failed may be a script of a version that is gone.
 */
export function FailureMessage({ digest }: FailureMessageProps) {
  const t = useTranslations("failure");
  return (
    <Message title={t("errorTitle")}>
      <p>{t("errorText")}</p>
      {digest !== undefined && <p className="text-sm">{t("reference", { reference: digest })}</p>}
      <p>
        <Button onClick={() => window.location.reload()}>{t("retry")}</Button>
      </p>
    </Message>
  );
}
