import { useFormatter, useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import type { OutcomeCount } from "@/lib/usage/list-usage-by-day";

const SHOWN = 8;

/** What was refused most, in plain words, each with what to do about it. */
export function RefusalReasons({ reasons, days }: { reasons: readonly OutcomeCount[]; days: number }) {
  const t = useTranslations("usage");
  const tCauses = useTranslations("refusalCauses");
  const format = useFormatter();
  return (
    <Card aria-labelledby="refusal-reasons" className="space-y-4">
      <CardHeading id="refusal-reasons">{t("reasons")}</CardHeading>
      {reasons.length === 0 && <p className="text-ink-muted">{t("noReasons", { days })}</p>}
      <ul className="divide-y divide-line">
        {reasons.slice(0, SHOWN).map(({ kind, reason, count }) => {
          const cause = toRefusalCause(kind, reason);
          return (
            <li key={`${kind} ${reason}`} className="flex gap-4 py-3 first:pt-0 last:pb-0">
              <span className="w-12 shrink-0 text-right font-semibold tabular-nums">{format.number(count)}</span>
              <div className="min-w-0 space-y-0.5">
                <p className="font-medium">{tCauses(`titles.${cause}`)}</p>
                <p className="text-sm text-ink-muted">{tCauses(`remedies.${cause}`)}</p>
                <p className="text-xs text-ink-muted">
                  {t(`kinds.${kind}`)} · <code className="font-mono wrap-anywhere">{reason}</code>
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
