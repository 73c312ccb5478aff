import Link from "next/link";
import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import type { AuditAddress } from "@/lib/audit/log/audit-log.schema";
import type { AuditLogEntry } from "@/lib/audit/log/audit-log.types";
import { cn } from "@/lib/cn";
import { routes } from "@/lib/routes";
import { DEFAULT_TIME_ZONE } from "@/lib/time";
import { localIn } from "@/lib/time-zone";
import { AuditSentence } from "../../_components/audit-sentence";
import { ActorCell } from "./actor-cell";
import { ChangesInShort } from "./changes-in-short";
import { EventTime } from "./event-time";

type AuditTableProps = { entries: AuditLogEntry[]; address: AuditAddress };

/** Events as sentences, below their days in the reader's zone. Made on the server: it has nothing to operate but links. */
export function AuditTable({ entries, address }: AuditTableProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const days = new Map<string, AuditLogEntry[]>();
  for (const entry of entries) {
    const day = localIn(zone, entry.at).slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <TableFrame caption={t("title")}>
      <thead>
        <tr>
          {[t("columns.at", { zone }), t("columns.actor"), t("columns.event"), t("columns.ip")].map((header) => (
            <th key={header} scope="col" className={tableStyles.header}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      {[...days].map(([day, ofDay]) => (
        <tbody key={day}>
          <tr className={tableStyles.row}>
            <th scope="rowgroup" colSpan={4} className="bg-sunken px-3 py-2 text-left text-sm font-semibold">
              {ofDay[0] && format.dateTime(ofDay[0].at, "weekday")}
            </th>
          </tr>
          {ofDay.map((entry) => (
            <tr key={entry.id} className={tableStyles.row}>
              <td className={cn(tableStyles.cell, "w-36 whitespace-nowrap tabular-nums")}>
                <EventTime value={entry.at} />
              </td>
              <td className={cn(tableStyles.cell, "max-w-52 min-w-36 wrap-anywhere")}>
                <ActorCell entry={entry} address={address} />
              </td>
              <th scope="row" className={cn(tableStyles.cell, "text-left font-normal")}>
                <Link
                  href={routes.audit.event(entry.id, address)}
                  prefetch={false}
                  data-row-link
                  className="underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent"
                >
                  <AuditSentence entry={entry} />
                </Link>
                <ChangesInShort changes={entry.changes} />
              </th>
              <td className={cn(tableStyles.cell, "w-40 font-mono text-xs leading-5 wrap-anywhere")}>
                {entry.ip ?? <span className="font-sans text-ink-muted">{t("noAddress")}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </TableFrame>
  );
}
