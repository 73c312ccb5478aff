"use client";

import { Ban, CircleCheck, CircleMinus, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode, Ref } from "react";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { AccessCheck, AccessRule } from "@/lib/machine/check-access/access-check.types";
import { RULE_CURES } from "@/lib/machine/cures/cures.types";
import type { StaffRole } from "@/lib/permissions";
import { CureControl } from "../../../../_components/cure/cure-control";
import type { CureFacts } from "../../../../_components/cure/cure-link";
import { TokenClaims } from "./token-claims";

type AccessResultProps = {
  email: string;
  check: AccessCheck;
  headingRef: Ref<HTMLHeadingElement>;
  role: StaffRole;
  /** What a cure is filled in with. */
  cureFacts: CureFacts;
};

/** The result, each rule with what became of it, and what the token would say. */
export function AccessResult({ email, check, headingRef, role, cureFacts }: AccessResultProps) {
  const t = useTranslations("checkAccess");
  const { rules, refusal, claims, examples, createsPerson } = check;
  const decisive = rules.find(({ state }) => state === "failed");
  return (
    <Card className="space-y-6">
      <div className="space-y-3">
        <h2 ref={headingRef} tabIndex={-1} className="text-lg font-semibold break-words outline-none">
          {refusal === null ? t("allowed", { email }) : t("refused", { email })}
        </h2>
        {refusal === null ? (
          createsPerson && <Notice>{t("createsPerson")}</Notice>
        ) : (
          <Notice tone="danger">
            <p>{t("answer")}</p>
            <p className="font-mono text-sm break-words">
              {refusal.status} {refusal.error}: {refusal.description}
            </p>
          </Notice>
        )}
      </div>
      <section className="space-y-3" aria-labelledby="check-rules">
        <h3 id="check-rules" className="font-semibold">
          {t("rulesTitle")}
        </h3>
        <ol className="divide-y divide-line rounded-md border border-line">
          {rules.map((rule) => (
            <RuleLine key={rule.name} rule={rule} isDecisive={rule === decisive}>
              <CureControl cure={RULE_CURES[rule.name]} facts={cureFacts} role={role} />
            </RuleLine>
          ))}
        </ol>
      </section>
      {claims !== null && <TokenClaims claims={claims} examples={examples} />}
    </Card>
  );
}

const ICONS = { passed: CircleCheck, failed: CircleX, not_asked: CircleMinus } as const;
const COLOURS = { passed: "text-success", failed: "text-danger", not_asked: "text-ink-muted" } as const;

type RuleLineProps = {
  rule: AccessRule;
  isDecisive: boolean /** What can be done about it when it has failed. */;
  children: ReactNode;
};

function RuleLine({ rule: { name, state, reason }, isDecisive, children }: RuleLineProps) {
  const t = useTranslations("checkAccess");
  const Icon = ICONS[state];
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${COLOURS[state]}`} />
      <div className="min-w-0 space-y-0.5">
        <p className="font-medium">
          {t(`rules.${name}`)} <span className={`font-normal ${COLOURS[state]}`}>– {t(`states.${state}`)}</span>
        </p>
        {state === "failed" && <p className="text-sm text-ink-muted">{t(`failures.${name}`)}</p>}
        {reason !== null && (
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-ink-muted">
            <code className="font-mono wrap-anywhere">{reason}</code>
            {isDecisive && (
              <span className="inline-flex items-center gap-1 font-medium text-danger">
                <Ban aria-hidden="true" className="size-4" />
                {t("decisive")}
              </span>
            )}
          </p>
        )}
        {state === "failed" && <div className="pt-1.5">{children}</div>}
      </div>
    </li>
  );
}
