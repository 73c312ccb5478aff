import { useFormatter, useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import { DEFAULT_TIME_ZONE } from "@/lib/time";
import { CALL_KINDS, type UsageDay } from "@/lib/usage/usage.types";

/** Every number of the charts, newest day first, for who cannot see them and for who wants to know exactly. */
export function UsageTable({ usage }: { usage: readonly UsageDay[] }) {
  const t = useTranslations("usage");
  const format = useFormatter();
  return (
    <details className="group">
      <summary className="link inline-flex min-h-8 cursor-pointer items-center rounded text-sm font-medium">
        {t("showNumbers")}
      </summary>
      <div className="mt-3">
        <TableFrame caption={t("numbers")}>
          <thead className="bg-sunken">
            <tr>
              <th scope="col" rowSpan={2} className={tableStyles.header}>
                {t("day")}
              </th>
              {CALL_KINDS.map((kind) => (
                <th key={kind} scope="colgroup" colSpan={CALL_RESULTS.length} className={tableStyles.header}>
                  {t(`kinds.${kind}`)}
                </th>
              ))}
            </tr>
            <tr>
              {CALL_KINDS.map((kind) =>
                CALL_RESULTS.map((result) => (
                  <th key={`${kind} ${result}`} scope="col" className={tableStyles.header}>
                    {t(`results.${result}`)}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {usage.toReversed().map((row) => (
              <tr key={row.day} className={tableStyles.row}>
                <th scope="row" className={`${tableStyles.cell} text-left font-medium whitespace-nowrap`}>
                  {format.dateTime(new Date(row.day), "day", { timeZone: DEFAULT_TIME_ZONE })}
                </th>
                {CALL_KINDS.map((kind) =>
                  CALL_RESULTS.map((result) => (
                    <td key={`${kind} ${result}`} className={`${tableStyles.cell} tabular-nums`}>
                      {format.number(row[kind][result])}
                    </td>
                  )),
                )}
              </tr>
            ))}
          </tbody>
        </TableFrame>
      </div>
    </details>
  );
}
