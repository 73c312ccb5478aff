import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ActivityEntry } from "@/lib/activity/activity.types";
import { toCallResult } from "@/lib/activity/call-result.types";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import type { Scope } from "@/lib/applications/scopes";
import { CAUSE_CURES, RULE_CURES } from "@/lib/machine/cures/cures.types";
import type { RefusalExplanation } from "@/lib/machine/explain-refusal/explain-refusal";
import type { StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { CureControl } from "../../_components/cure/cure-control";
import { RefusalRules } from "./refusal-rules";

type RequestCauseProps = {
  entry: ActivityEntry;
  /** The scope that the call takes. */
  scope: Scope | undefined;
  /** Undefined when no rule of the portal decided it. */
  explanation: RefusalExplanation | undefined;
  role: StaffRole;
  /** Where this is shown, to come back to. */
  here: Route;
};

/** What refused a request, what cures it and where, and whether it would be refused now. Nothing for an answer. */
export function RequestCause({ entry, scope, explanation, role, here }: RequestCauseProps) {
  const t = useTranslations("activity");
  const tCauses = useTranslations("refusalCauses");
  const { kind, reason, isProven, application, person } = entry;
  if (reason === null) return null;
  const cause = toRefusalCause(kind, reason);
  const facts = application !== null && {
    applicationId: application.id,
    email: person?.email,
    personId: person?.id,
    domain: explanation?.domain ?? undefined,
    scopes: scope === undefined ? [] : [scope],
    back: here,
  };
  const cureOfCause = CAUSE_CURES[cause];
  return (
    <div className="space-y-5">
      <div className="space-y-3">
        <Notice tone={toCallResult(reason) === "failed" ? "danger" : "warning"}>
          <p className="font-semibold">{tCauses(`titles.${cause}`)}</p>
          <p>{tCauses(`remedies.${cause}`)}</p>
          <p>
            <code className="font-mono text-xs wrap-anywhere">{reason}</code>
          </p>
          {!isProven && <p>{t("unprovenText")}</p>}
        </Notice>
        {facts !== false && cureOfCause !== "rule" && (
          <CureControl isPrimary cure={cureOfCause} facts={facts} role={role} />
        )}
      </div>
      {facts !== false && explanation !== undefined && (
        <RefusalRules
          explanation={explanation}
          cureOf={({ name }) => (
            <CureControl isPrimary={name === explanation.refusedBy} cure={RULE_CURES[name]} facts={facts} role={role} />
          )}
        />
      )}
      {application !== null && isProven && (
        <Link
          href={routes.applications.checkAccess(application.id, {
            ...(person === null ? {} : { email: person.email }),
            ...(scope === undefined ? {} : { scope: [scope] }),
          })}
          className={buttonStyles()}
        >
          {t("checkAgain")}
        </Link>
      )}
    </div>
  );
}
