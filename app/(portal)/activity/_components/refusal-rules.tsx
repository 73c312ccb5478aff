import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RefusalExplanation } from "@/lib/machine/explain-refusal/explain-refusal";
import type { RuleOutcome, RuleThenAndNow } from "@/lib/machine/explain-refusal/explanation.types";
import { routes } from "@/lib/routes";
import { AuditSentence } from "../../_components/audit-sentence";
import { ChangesInShort } from "../../audit/_components/changes-in-short";

type RefusalRulesProps = {
  explanation: RefusalExplanation;
  /** What can be done about a rule that does not hold now. */
  cureOf(rule: RuleThenAndNow): ReactNode;
};

/** Each rule as it was when a request was refused beside the rule now, and what has changed it. */
export function RefusalRules({ explanation, cureOf }: RefusalRulesProps) {
  const t = useTranslations("explanation");
  const { rules, refusedBy, isNobodyNamed } = explanation;
  const isQuiet = ({ name, past, now, untold }: RuleThenAndNow) =>
    past === "passed" && now === "passed" && untold === null && name !== refusedBy;
  const told = rules.filter((rule) => !isQuiet(rule));
  const quiet = rules.filter(isQuiet);
  return (
    <section aria-labelledby="explanation-title" className="space-y-3">
      <h3 id="explanation-title" className="font-semibold">
        {t("title")}
      </h3>
      <p className="text-sm font-medium">
        <Verdict {...explanation} />
      </p>
      {told.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line text-sm">
          {told.map((rule) => (
            <li key={rule.name} className="space-y-2 px-3 py-2.5">
              <RuleOutcomes rule={rule} />
              {rule.name === refusedBy && <p className="text-ink-muted">{t("refusing")}</p>}
              <RuleChange rule={rule} explanation={explanation} />
              {rule.now === "failed" && cureOf(rule)}
            </li>
          ))}
        </ul>
      )}
      {refusedBy === null && told.length === 0 && <p className="text-sm text-ink-muted">{t("narrowed")}</p>}
      {isNobodyNamed && <p className="text-sm text-ink-muted">{t("nobodyNamed")}</p>}
      {quiet.length > 0 && (
        <details className="text-sm">
          <summary className="min-h-6 cursor-pointer text-ink-muted">{t("unchanged", { count: quiet.length })}</summary>
          <ul className="mt-2 space-y-2">
            {quiet.map((rule) => (
              <li key={rule.name}>
                <RuleOutcomes rule={rule} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Since when it would pass: the last thing that had to change. */
function Verdict({ verdict, rules, events }: RefusalExplanation) {
  const t = useTranslations("explanation");
  const format = useFormatter();
  const moments = rules
    .filter(({ past, now }) => past === "failed" && now === "passed")
    .map(({ change }) => (change?.kind === "event" ? events.get(change.eventId)?.at : undefined));
  const known = moments.filter((moment) => moment !== undefined);
  if (verdict !== "would_pass" || known.length === 0 || known.length < moments.length) return t(`verdicts.${verdict}`);
  const last = new Date(Math.max(...known.map((moment) => moment.getTime())));
  return t("passSince", { time: format.dateTime(last, "moment") });
}

function RuleOutcomes({ rule: { name, past, now } }: { rule: RuleThenAndNow }) {
  const t = useTranslations("explanation");
  const tRules = useTranslations("checkAccess");
  return (
    <div className="space-y-1">
      <p className="font-medium">{tRules(`rules.${name}`)}</p>
      <dl className="grid grid-cols-2 gap-x-4">
        <div>
          <dt className="text-xs text-ink-muted">{t("past")}</dt>
          <dd>
            <Outcome outcome={past}>{t(`outcomes.${past}`)}</Outcome>
          </dd>
        </div>
        <div>
          <dt className="text-xs text-ink-muted">{t("now")}</dt>
          <dd>
            <Outcome outcome={now}>{t(`outcomesNow.${now}`)}</Outcome>
          </dd>
        </div>
      </dl>
    </div>
  );
}

const ICONS = { passed: CircleCheck, failed: CircleX, unknown: CircleHelp } as const;
const COLOURS = { passed: "text-success", failed: "text-danger", unknown: "text-ink-muted" } as const;

function Outcome({ outcome, children }: { outcome: RuleOutcome; children: ReactNode }) {
  const Icon = ICONS[outcome];
  return (
    <span className={`inline-flex items-center gap-1.5 ${COLOURS[outcome]}`}>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {children}
    </span>
  );
}

type RuleChangeProps = { rule: RuleThenAndNow; explanation: RefusalExplanation };

function RuleChange({ rule: { change, untold }, explanation: { events } }: RuleChangeProps) {
  const t = useTranslations("explanation");
  const format = useFormatter();
  if (untold !== null) return <p className="text-ink-muted">{t(`untold.${untold}`)}</p>;
  if (change === null) return null;
  if (change.kind === "expiry") return <p>{t("expired", { time: format.dateTime(change.at, "moment") })}</p>;
  const event = events.get(change.eventId);
  if (event === undefined) return null;
  return (
    <div>
      <Link href={routes.audit.event(event.id)} prefetch={false} className="underline underline-offset-4">
        {t("by", { time: format.dateTime(event.at, "moment") })} <AuditSentence entry={event} />
      </Link>
      <ChangesInShort changes={event.changes} />
    </div>
  );
}
