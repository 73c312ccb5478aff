import { useFormatter, useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import { KEPT_DAYS } from "@/lib/usage/expired-usage";
import type { BusyPerson } from "@/lib/usage/usage.types";

type BusiestPeopleProps = { people: readonly BusyPerson[]; days: number; now: Date };

/** For whom the application was busiest. Names are kept for a few weeks only, and the card says so when it matters. */
export function BusiestPeople({ people, days, now }: BusiestPeopleProps) {
  const t = useTranslations("usage");
  const format = useFormatter();
  return (
    <Card aria-labelledby="busiest-people" className="space-y-4">
      <div>
        <CardHeading id="busiest-people">{t("people")}</CardHeading>
        {days > KEPT_DAYS.hourly && (
          <p className="text-sm text-ink-muted">{t("peopleKept", { days: KEPT_DAYS.hourly })}</p>
        )}
      </div>
      {people.length === 0 && <p className="text-ink-muted">{t("noPeople", { days })}</p>}
      <ol className="divide-y divide-line">
        {people.map(({ id, email, tokens, rooms, lastCallAt }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 py-2.5 first:pt-0 last:pb-0">
            <span className="min-w-0 font-medium">
              <EmailAddress>{email}</EmailAddress>
            </span>
            <span className="text-sm text-ink-muted tabular-nums">
              {t("callsOfPerson", { tokens: format.number(tokens), rooms: format.number(rooms) })}
              {" · "}
              <RelativeTime value={lastCallAt} now={now} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
