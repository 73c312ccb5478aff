import { useTranslations } from "next-intl";
import { Card, CardHeading, CardRows } from "@/components/ui/card";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PersonRuleEffect } from "@/lib/applications/delegation/delegation.schema";
import type { PersonRule } from "@/lib/applications/delegation/delegation.types";
import { AddPeopleControl } from "./add-people-control";
import { RemovePersonControl } from "./remove-person-control";

type PersonListCardProps = {
  applicationId: string;
  name: string;
  effect: PersonRuleEffect;
  rules: PersonRule[];
  canWrite: boolean;
  /** Whether the application may act at any domain. */
  isOpen: boolean;
  /** Typed in, and not saved. */
  suggested?: string | undefined;
  now: Date;
};

/** One of the two lists: what it means, who is on it, and how to change that. */
export function PersonListCard({ applicationId, name, effect, rules, canWrite, ...props }: PersonListCardProps) {
  const { isOpen, suggested, now } = props;
  const t = useTranslations("delegation");
  const add = canWrite && (
    <AddPeopleControl
      applicationId={applicationId}
      effect={effect}
      isEmpty={rules.length === 0}
      suggested={suggested}
    />
  );
  // Most applications have neither list: then it takes no more than a line, and what it is for is said when it opens.
  const isEmpty = rules.length === 0;
  return (
    <Card className="space-y-5" id={`delegation-${effect}`}>
      <CardHeading text={t(`lists.${effect}.${isEmpty ? "empty" : "text"}`)}>{t(`lists.${effect}.title`)}</CardHeading>
      {!isEmpty && (
        <CardRows empty={t(`lists.${effect}.empty`)}>
          {rules.map((rule) => (
            <li key={rule.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
              <div className="min-w-0 space-y-0.5">
                <p className="font-medium">
                  <EmailAddress>{rule.email}</EmailAddress>
                </p>
                <p className="text-sm text-ink-muted">
                  {rule.createdByName === null ? t("added") : t("addedBy", { name: rule.createdByName })}{" "}
                  <RelativeTime value={rule.createdAt} now={now} />
                  {rule.personId === null && <> · {t("notKnown")}</>}
                </p>
              </div>
              {canWrite && (
                <RemovePersonControl
                  applicationId={applicationId}
                  name={name}
                  effect={effect}
                  rule={{ id: rule.id, email: rule.email }}
                  isLastAllowed={effect === "allow" && rules.length === 1}
                  isOpen={isOpen}
                />
              )}
            </li>
          ))}
        </CardRows>
      )}
      {add}
    </Card>
  );
}
