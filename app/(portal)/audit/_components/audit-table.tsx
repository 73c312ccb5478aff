import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import type { AuditFilter } from "@/lib/audit/log/audit-log.schema";
import type { AuditLogEntry } from "@/lib/audit/log/audit-log.types";
import { cn } from "@/lib/cn";
import { routes } from "@/lib/routes";
import { AuditSentence } from "../../_components/audit-sentence";
import { ChangesInShort } from "./changes-in-short";

type AuditTableProps = { entries: AuditLogEntry[]; filter: AuditFilter };

/** Events as sentences. Made on the server: there is nothing to operate in it but links. */
export function AuditTable({ entries, filter }: AuditTableProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  return (
    <TableFrame caption={t("title")}>
      <thead>
        <tr>
          {[t("columns.event"), t("columns.at"), t("columns.ip")].map((header) => (
            <th key={header} scope="col" className={tableStyles.header}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id} className={tableStyles.row}>
            <th scope="row" className={cn(tableStyles.cell, "text-left font-normal")}>
              <Link
                href={routes.audit.event(entry.id, filter)}
                prefetch={false}
                data-row-link
                className="underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent"
              >
                <AuditSentence entry={entry} />
              </Link>
              <ChangesInShort changes={entry.changes} />
            </th>
            <td className={cn(tableStyles.cell, "w-48 whitespace-nowrap text-ink-muted tabular-nums")}>
              <time dateTime={entry.at.toISOString()}>{format.dateTime(entry.at, "moment")}</time>
            </td>
            <td className={cn(tableStyles.cell, "w-40 font-mono text-xs leading-5 wrap-anywhere")}>
              {entry.ip ?? <span className="font-sans text-ink-muted">{t("noAddress")}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
