import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ActivityEntry } from "@/lib/activity/activity.types";
import { toCallResult } from "@/lib/activity/call-result.types";
import type { RefusalCause } from "@/lib/activity/refusal-cause.types";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import { scopeOfCall } from "@/lib/developers/openapi/scope-of-call";
import { routes } from "@/lib/routes";

/** What refused a request, what to do about it and where, and whether it would be refused now. Nothing for an answer. */
export function RequestCause({ entry }: { entry: ActivityEntry }) {
  const t = useTranslations("activity");
  const tCauses = useTranslations("refusalCauses");
  const { kind, reason, isProven, application, person } = entry;
  if (reason === null) return null;
  const cause = toRefusalCause(kind, reason);
  const remedy = application === null ? undefined : placeOfRemedy(cause, application.id, person?.id);
  const scope = scopeOfCall(entry);
  return (
    <div className="space-y-3">
      <Notice tone={toCallResult(reason) === "failed" ? "danger" : "warning"}>
        <p className="font-semibold">{tCauses(`titles.${cause}`)}</p>
        <p>{tCauses(`remedies.${cause}`)}</p>
        <p>
          <code className="font-mono text-xs wrap-anywhere">{reason}</code>
        </p>
        {!isProven && <p>{t("unprovenText")}</p>}
      </Notice>
      <div className="flex flex-wrap gap-2">
        {remedy !== undefined && (
          <Link href={remedy.href} className={buttonStyles({ variant: "primary" })}>
            {t(`remedies.${remedy.label}`)}
          </Link>
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
    </div>
  );
}

type Remedy = { href: Route; label: "secrets" | "application" | "authentication" | "delegation" | "person" | "scopes" };

/** Where what is behind a refusal can be changed; undefined for what only its developers can. */
function placeOfRemedy(cause: RefusalCause, id: string, personId: string | undefined): Remedy | undefined {
  switch (cause) {
    case "wrongSecret":
    case "revokedCredential":
      return { href: routes.applications.secrets(id), label: "secrets" };
    case "switchedOff":
      return { href: routes.applications.detail(id), label: "application" };
    case "authenticationMethod":
    case "assertion":
    case "grant":
      return { href: routes.applications.authentication(id), label: "authentication" };
    case "domain":
      return { href: routes.applications.delegation(id), label: "delegation" };
    case "person":
      return personId === undefined
        ? { href: routes.applications.delegation(id), label: "delegation" }
        : { href: routes.people.detail(personId), label: "person" };
    case "scopeNotGranted":
      return { href: routes.applications.edit(id), label: "scopes" };
    default:
      return undefined;
  }
}
