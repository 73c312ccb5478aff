import { useTranslations } from "next-intl";
import type { AuditFieldChange } from "@/lib/audit/log/audit-log.types";
import { ListDiff } from "./list-diff";

const SHOWN_MAX = 3;

/** What came and what went in the lists of an event: scopes, domains, methods. The rest is on the event's own page. */
export function ChangesInShort({ changes }: { changes: AuditFieldChange[] }) {
  const t = useTranslations("audit");
  const lists = changes.filter((change) => change.kind === "list" && !change.isNew);
  if (lists.length === 0) return null;
  return (
    <div className="mt-2 space-y-1 text-xs">
      {lists.slice(0, SHOWN_MAX).map((change) => change.kind === "list" && <ListDiff key={change.field} {...change} />)}
      {lists.length > SHOWN_MAX && (
        <span className="text-ink-muted">{t("and", { count: lists.length - SHOWN_MAX })}</span>
      )}
    </div>
  );
}
