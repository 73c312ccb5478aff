"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Message } from "./message";

type FailureMessageProps = {
  /** Next's number for the error, which the log has too. */
  digest: string | undefined;
  retry(): void;
};

/** What is shown when a page could not be made: never an empty list, never the reason itself. */
export function FailureMessage({ digest, retry }: FailureMessageProps) {
  const t = useTranslations("failure");
  return (
    <Message title={t("errorTitle")}>
      <p>{t("errorText")}</p>
      {digest !== undefined && <p className="text-sm">{t("reference", { reference: digest })}</p>}
      <p>
        <Button onClick={retry}>{t("retry")}</Button>
      </p>
    </Message>
  );
}
