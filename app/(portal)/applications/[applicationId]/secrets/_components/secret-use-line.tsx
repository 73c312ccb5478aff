"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { useIsSecretUnused, useSecretUse } from "./secret-uses";

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

/** Marks a live secret that nobody has used: one that is not in place yet, or that nobody stored when it was shown. */
export function UnusedBadge({ secretId }: { secretId: string }) {
  const t = useTranslations("secretUse");
  return useIsSecretUnused(secretId) && <Badge tone="warning">{t("unused")}</Badge>;
}
