"use client";

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { useSecretUse } from "./secret-uses";

/** When and from where a secret was last used. For one that is scheduled: whether it is safe to revoke now. */
export function SecretUseLine({ secretId }: { secretId: string }) {
  const t = useTranslations("secretUse");
  const known = useSecretUse(secretId);
  if (known === undefined) return null;
  const { use, now } = known;
  return (
    <>
      <p className="text-sm">
        {use.lastUsedAt === null ? (
          <span className="text-ink-muted">{t("never")}</span>
        ) : (
          t.rich("last", {
            address: use.lastUsedIp ?? t("unknownAddress"),
            time: () => <RelativeTime value={use.lastUsedAt ?? now} now={now} />,
            code: (chunks) => <code className="font-mono wrap-anywhere">{chunks}</code>,
          })
        )}
      </p>
      {use.state === "scheduled" && (
        <Notice tone={use.isQuiet ? "success" : "warning"} role="status">
          {use.isQuiet ? t("quiet") : t(use.lastUsedAt === null ? "notQuietYet" : "inUse")}
        </Notice>
      )}
    </>
  );
}
