import type { Route } from "next";
import Link from "next/link";
import { useNow, useTimeZone, useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import { Badge } from "@/components/ui/badge";
import { EmailAddress } from "@/components/ui/email-address";
import type { ActivityEntry } from "@/lib/activity/activity.types";
import type { ActivityPage } from "@/lib/activity/log/activity-log.types";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import { cn } from "@/lib/cn";
import { DEFAULT_TIME_ZONE } from "@/lib/time";
import { ClockTime } from "./clock-time";
import { rowIdOf } from "./row-id";
import { StatusBadge } from "./status-badge";

/** Closer than other lists: here people compare many rows. */
const CELL = cn(tableStyles.cell, "py-2");

type ActivityTableProps = {
  page: ActivityPage;
  /** The id of the request that is looked at. Beside it there is room for the most important columns alone. */
  shown: string | undefined;
  isOfAll: boolean;
  linkTo(requestId: string): Route;
};

/** Requests as rows. Made on the server: there is nothing to operate in it but links. */
export function ActivityTable({ page: { entries }, shown, isOfAll, linkTo }: ActivityTableProps) {
  const t = useTranslations("activity");
  const now = useNow();
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const isWide = shown === undefined;
  const columns = [
    "status",
    "request",
    ...(isOfAll && isWide ? (["application"] as const) : []),
    ...(isWide ? (["person", "secret", "address"] as const) : []),
    "time",
  ] as const;
  return (
    <TableFrame caption={t("requests")} isCompact={!isWide}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={tableStyles.header}>
              {column === "time" ? t("columns.time", { zone }) : t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr
            key={`${entry.requestId} ${entry.at.toISOString()}`}
            className={entry.requestId === shown ? tableStyles.chosenRow : tableStyles.row}
          >
            <td className={cn(CELL, "w-px")}>
              <StatusBadge status={entry.status} reason={entry.reason} />
            </td>
            <th scope="row" className={cn(CELL, "min-w-48 text-left font-normal")}>
              <Link
                id={rowIdOf(entry.requestId)}
                href={linkTo(entry.requestId)}
                prefetch={false}
                data-row-link
                scroll={false}
                aria-current={entry.requestId === shown ? "true" : undefined}
                className="font-mono text-xs leading-5 wrap-anywhere underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent"
              >
                {entry.method} {entry.path}
              </Link>
              <Cause entry={entry} />
            </th>
            {isOfAll && isWide && (
              <td className={cn(CELL, "max-w-44 wrap-anywhere")}>
                <ClaimedApplication entry={entry} />
              </td>
            )}
            {isWide && (
              <>
                <td className={cn(CELL, "max-w-60")}>
                  {entry.person !== null && <EmailAddress>{entry.person.email}</EmailAddress>}
                  {!entry.isProven && <span className="text-ink-muted">{t("unproven")}</span>}
                </td>
                <td className={cn(CELL, "max-w-28 font-mono text-xs leading-5 wrap-anywhere")}>
                  {entry.credential !== null &&
                    (entry.credential.kind === "secret" ? `…${entry.credential.hint}` : entry.credential.hint)}
                </td>
                <td className={cn(CELL, "max-w-48 min-w-28 font-mono text-xs leading-5 break-words")}>{entry.ip}</td>
              </>
            )}
            <td className={cn(CELL, "whitespace-nowrap tabular-nums")}>
              <ClockTime value={entry.at} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

/** Why it was refused, and how often, where a row stands for several. */
function Cause({ entry: { kind, reason, requests } }: { entry: ActivityEntry }) {
  const t = useTranslations("activity");
  const tCauses = useTranslations("refusalCauses");
  if (reason === null && requests === 1) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      {reason !== null && tCauses(`titles.${toRefusalCause(kind, reason)}`)}
      {requests > 1 && <Badge>{t("times", { count: requests })}</Badge>}
    </p>
  );
}

/** Which application it was; of what nobody has proved, which one it said it was. */
function ClaimedApplication({ entry: { application, isProven } }: { entry: ActivityEntry }) {
  const t = useTranslations("activity");
  if (application === null) return <span className="text-ink-muted">{t("noApplication")}</span>;
  if (isProven) return application.name;
  return <span className="text-ink-muted">{t("claimed", { name: application.name })}</span>;
}
