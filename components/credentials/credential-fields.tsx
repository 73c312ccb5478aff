"use client";

import { Check, Copy, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/clipboard";
import { CopyField } from "@/components/ui/copy-field";
import type { ApiAddresses, IssuedCredentials } from "@/lib/applications/application.types";
import { downloadEnvFile, toEnvFile } from "./env-file";

type CredentialFieldsProps = {
  credentials: IssuedCredentials;
  addresses: ApiAddresses;
  copyRef: RefObject<HTMLButtonElement | null>;
};

/** New credentials, each to be copied, and both with the addresses they are for as a file of environment variables. */
export function CredentialFields({ credentials, addresses, copyRef }: CredentialFieldsProps) {
  const t = useTranslations("reveal");
  const [feedback, setFeedback] = useState<"envCopied" | "envRefused">();
  const text = toEnvFile(credentials, addresses);
  const Icon = feedback === "envCopied" ? Check : Copy;
  return (
    <div className="space-y-4">
      <CopyField label={t("clientId")} value={credentials.clientId} copyLabel={t("copyClientId")} />
      <CopyField
        label={t("clientSecret")}
        value={credentials.clientSecret}
        copyLabel={t("copyClientSecret")}
        buttonRef={copyRef}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={async () => setFeedback((await copyText(text, "lines")) ? "envCopied" : "envRefused")}>
          <Icon aria-hidden="true" />
          {t("copyEnv")}
        </Button>
        <Button onClick={() => downloadEnvFile(text)}>
          <Download aria-hidden="true" />
          {t("download")}
        </Button>
        <p aria-live="polite" className="text-sm text-ink-muted">
          {feedback === undefined ? "" : t(feedback)}
        </p>
      </div>
      <p className="text-sm text-ink-muted">{t("envText")}</p>
    </div>
  );
}
