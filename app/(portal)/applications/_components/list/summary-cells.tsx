"use client";

import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { sayMoment } from "@/components/ui/relative-time";
import { SCOPES } from "@/lib/applications/scopes";
import { cn } from "@/lib/cn";
import { CallBars } from "../../../_components/chart/call-bars";
import type { ApplicationRow } from "./application-row.types";

type CellProps = { row: ApplicationRow };

/** For whom it may act: the narrowest limit it has, or that it has none. */
export function ReachCell({ row: { domainCount, firstDomain, allowedPersonCount } }: CellProps) {
  const t = useTranslations("applications");
  if (domainCount === 0 && allowedPersonCount === 0) return <Badge tone="warning">{t("unrestricted")}</Badge>;
  const domains = domainCount === 1 ? firstDomain : domainCount > 0 ? t("domains", { count: domainCount }) : null;
  const people = allowedPersonCount > 0 ? t("allowedPeople", { count: allowedPersonCount }) : null;
  return (
    <div className="grid max-w-48 min-w-28">
      {[domains, people].map(
        (text, index) =>
          text !== null && (
            <span
              key={text}
              title={text}
              className={cn("truncate", index === 1 && domains !== null && "text-xs leading-4 text-ink-muted")}
            >
              {text}
            </span>
          ),
      )}
    </div>
  );
}

/** Each scope has its letter and its place; those that are not granted are faint, and thin where there are no colours. */
export function ScopesCell({ row: { scopes } }: CellProps) {
  const t = useTranslations("applications");
  if (scopes.length === 0) return <span className="text-ink-muted">{t("noScopes")}</span>;
  const names = scopes.join(", ");
  return (
    <span title={names} className="whitespace-nowrap">
      <span className="sr-only">{names}</span>
      <span aria-hidden="true" className="flex gap-1 font-mono text-xs">
        {SCOPES.map((scope) => (
          <span
            key={scope}
            className={cn(
              "w-3.5 text-center",
              scopes.includes(scope) ? "font-bold" : "text-ink-muted/40 forced-colors:text-[GrayText]",
            )}
          >
            {scope.charAt(scope.indexOf(":") + 1).toUpperCase()}
          </span>
        ))}
      </span>
    </span>
  );
}

/** How busy it is: a picture of each day, and all of them in a number. The title and readers have it in words. */
export function CallsCell({ row: { calls } }: CellProps) {
  const t = useTranslations("applications");
  const format = useFormatter();
  const sum = (of: "answered" | "refused") => calls.reduce((total, day) => total + day[of], 0);
  const [answered, refused] = [sum("answered"), sum("refused")];
  if (answered + refused === 0) return <span className="text-ink-muted">{t("noCalls")}</span>;
  const words = t("calls", { answered, refused });
  return (
    <span title={words} className="flex items-center gap-2 whitespace-nowrap">
      <CallBars days={calls} size="small" />
      {/* Runtimes differ in the space that they put before the unit. */}
      <span aria-hidden="true" className="text-xs text-ink-muted tabular-nums" suppressHydrationWarning>
        {format.number(answered + refused, { notation: "compact" })}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** How many secrets are live, or when the next one ends if that is soon: amber when no other outlasts it. */
export function SecretCell({ row: { secrets, shownAt } }: CellProps) {
  const t = useTranslations("applications");
  const format = useFormatter();
  const zone = useTimeZone();
  const { count, nextEnd, isRevocation, hasLasting } = secrets;
  if (count === 0) return <span className="text-ink-muted">{t("noSecret")}</span>;
  const live = t("liveSecrets", { count });
  if (nextEnd === null) return <span className="whitespace-nowrap">{live}</span>;
  const when = format.relativeTime(nextEnd, { now: shownAt, style: "short" });
  const text = isRevocation ? t("secretRevoked", { when }) : t("secretExpires", { when });
  const title = `${sayMoment(format, zone, nextEnd)} · ${live}`;
  return (
    <span
      title={title}
      suppressHydrationWarning
      className={cn("whitespace-nowrap", hasLasting ? "text-ink-muted" : "font-medium text-warning")}
    >
      {text}
    </span>
  );
}
