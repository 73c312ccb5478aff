import { getFormatter, getTranslations } from "next-intl/server";
import { findAuditChainHead } from "@/lib/audit/chain/find-audit-chain-head";

/** Up to when the log is chained, and the head of the chain: whoever keeps it elsewhere can prove that nothing was changed. */
export async function ChainNote() {
  const [chain, t, format] = await Promise.all([findAuditChainHead(), getTranslations("auditChain"), getFormatter()]);
  if (chain === undefined) return null;
  return (
    <section aria-label={t("title")} className="space-y-1 text-sm text-ink-muted">
      <p>{t("until", { moment: format.dateTime(chain.until, "moment") })}</p>
      <code className="block font-mono text-xs wrap-anywhere">{chain.head}</code>
    </section>
  );
}
