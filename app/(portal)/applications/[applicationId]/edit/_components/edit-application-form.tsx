"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ApplicationDetailsInput } from "@/lib/applications/application.schema";
import type { Scope } from "@/lib/applications/scopes";
import { routes } from "@/lib/routes";
import { ApplicationForm } from "../../../_components/application-form";
import { updateApplicationAction } from "../../../actions";

type EditApplicationFormProps = {
  applicationId: string;
  canWrite: boolean;
  defaultValues: ApplicationDetailsInput;
  /** Scopes that are ticked beside those it has, and saved only with the form. */
  ticked: readonly Scope[];
  /** Where to go when it is saved; the first page stands for the application's own. */
  back: Route;
};

/** Changes what an application is called and may do. For whom it may act is decided on a page of its own. */
export function EditApplicationForm({
  applicationId,
  canWrite,
  defaultValues,
  ticked,
  back,
}: EditApplicationFormProps) {
  const t = useTranslations("applicationForm");
  const router = useRouter();
  const detail = routes.applications.detail(applicationId);
  return (
    <ApplicationForm
      action={({ name, description, ownerContact, scopes }) =>
        updateApplicationAction({ applicationId, name, description, ownerContact, scopes })
      }
      said={t("saved")}
      onSuccess={() => {
        router.push(back === routes.home() ? detail : back);
        router.refresh();
      }}
      // The schema of the form asks; this form does not, and does not send the answer.
      defaultValues={{ ...defaultValues, domainPolicy: "any", domains: [] }}
      suggestedScopes={ticked}
      isReadOnly={!canWrite}
      submitLabel={t("save")}
      cancelHref={detail}
    />
  );
}
