import { useFormatter, useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading } from "@/components/ui/card";
import type { RotationProgress } from "@/lib/applications/secrets/rotation-progress";
import { EndOldSecret } from "./end-old-secret";

const ADDRESSES_SHOWN = 5;

type RotationTrackerProps = {
  applicationId: string;
  old: { id: string; hint: string };
  successorHint: string;
  progress: RotationProgress;
  /** What would stop, counted. */
  preview: React.ReactNode;
  canWrite: boolean;
};

/** While an old secret and the one in its place both work: who has changed over, and the end of the old one. */
export function RotationTracker({ applicationId, old, successorHint, progress, ...props }: RotationTrackerProps) {
  const t = useTranslations("rotationTracker");
  const format = useFormatter();
  const { callers, moved, haveAllMoved, lookedUntil } = progress;
  const shown = callers.slice(0, ADDRESSES_SHOWN);
  const most = Math.max(1, ...callers.flatMap(({ oldRequests, newRequests }) => [oldRequests, newRequests]));
  const id = `rotation-${old.id}`;
  return (
    <Card aria-labelledby={id} className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="max-w-prose min-w-0">
          <CardHeading id={id} text={t("text")}>
            {t("title", { old: old.hint, new: successorHint })}
          </CardHeading>
        </div>
        {props.canWrite && (
          <EndOldSecret
            applicationId={applicationId}
            secretId={old.id}
            isPrimary={haveAllMoved}
            preview={props.preview}
            words={{
              label: t("end"),
              accessibleLabel: t("endNamed", { hint: old.hint }),
              title: t("endTitle", { hint: old.hint }),
              text: haveAllMoved ? t("endText") : t("endTooEarly", { count: callers.length - moved }),
              keep: t("keep"),
              done: t("done"),
            }}
          />
        )}
      </div>
      <p className="font-medium">
        {callers.length === 0 ? t("nobody") : t("moved", { moved, callers: callers.length })}
      </p>
      {shown.length > 0 && (
        <TableFrame caption={t("table")}>
          <thead className="bg-sunken">
            <tr>
              {[t("address"), t("state"), t("old", { hint: old.hint }), t("new", { hint: successorHint })].map(
                (column) => (
                  <th key={column} scope="col" className={tableStyles.header}>
                    {column}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ address, oldRequests, newRequests, hasMoved }) => (
              <tr key={address} className={tableStyles.row}>
                <th
                  scope="row"
                  className={`${tableStyles.cell} text-left font-mono text-xs font-normal whitespace-nowrap`}
                >
                  {address ?? <span className="font-sans">{t("unknownAddress")}</span>}
                </th>
                <td className={tableStyles.cell}>
                  <Badge tone={hasMoved ? "success" : "warning"}>{hasMoved ? t("hasMoved") : t("hasNotMoved")}</Badge>
                </td>
                <td className={tableStyles.cell}>
                  <Bar count={oldRequests} most={most} className="fill-warning-line" />
                </td>
                <td className={tableStyles.cell}>
                  <Bar count={newRequests} most={most} className="fill-accent" />
                </td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
      <p className="text-sm text-ink-muted">
        {callers.length > shown.length && `${t("more", { count: callers.length - shown.length })} `}
        {lookedUntil !== null && `${t("lookedUntil", { time: format.dateTime(lookedUntil, "moment") })} `}
        {t("sameAddress")}
      </p>
    </Card>
  );
}

/** A number, and a bar beside the others that says nothing more. */
function Bar({ count, most, className }: { count: number; most: number; className: string }) {
  const format = useFormatter();
  return (
    <span className="flex min-w-24 items-center gap-2 tabular-nums">
      <span className="min-w-8 text-right">{format.number(count)}</span>
      <svg aria-hidden="true" height="8" className="w-full min-w-8 flex-1">
        {count > 0 && <rect height="8" rx="2" width={`${Math.max(2, (100 * count) / most)}%`} className={className} />}
      </svg>
    </span>
  );
}
