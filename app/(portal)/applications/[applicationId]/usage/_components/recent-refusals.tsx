import { useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RefusedEntry } from "@/lib/activity/activity.types";
import { toRefusalCause } from "@/lib/activity/refusal-causes";

const COLUMNS = ["when", "what", "why", "who", "request"] as const;

/** The last refusals, with what joins each to the log: its reason code and its request id. */
export function RecentRefusals({ refusals, now }: { refusals: readonly RefusedEntry[]; now: Date }) {
  const t = useTranslations("usage");
  const tCauses = useTranslations("refusalCauses");
  return (
    <div className="space-y-3">
      <h2 className="text-lg font-semibold">{t("refusals")}</h2>
      {refusals.length === 0 ? (
        <p className="text-ink-muted">{t("noRefusals")}</p>
      ) : (
        <TableFrame caption={t("refusals")}>
          <thead className="bg-sunken">
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={tableStyles.header}>
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {refusals.map(({ at, kind, reason, isProven, person, ip, requestId }) => (
              <tr key={requestId} className={tableStyles.row}>
                <td className={`${tableStyles.cell} whitespace-nowrap`}>
                  <RelativeTime value={at} now={now} />
                </td>
                <td className={tableStyles.cell}>{t(`kinds.${kind}`)}</td>
                <td className={`${tableStyles.cell} max-w-md`}>
                  <p className="font-medium">{tCauses(`titles.${toRefusalCause(kind, reason)}`)}</p>
                  <code className="font-mono text-xs text-ink-muted">{reason}</code>
                </td>
                <td className={tableStyles.cell}>
                  {person !== null && (
                    <p>
                      <EmailAddress>{person.email}</EmailAddress>
                    </p>
                  )}
                  <p className="font-mono text-xs text-ink-muted">{ip}</p>
                  {!isProven && <p className="text-xs text-ink-muted">{t("unproven")}</p>}
                </td>
                <td className={`${tableStyles.cell} font-mono text-xs wrap-anywhere text-ink-muted`}>{requestId}</td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
    </div>
  );
}
