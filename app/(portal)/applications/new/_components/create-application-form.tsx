"use client";

import { useTranslations } from "next-intl";
import { routes } from "@/lib/routes";
import { ApplicationForm } from "../../_components/application-form";
import { useSecretReveal } from "../../_components/secret-reveal-provider";
import { createApplicationAction } from "../../actions";

/** Nothing is granted and nothing is chosen until somebody does. */
const EMPTY = { name: "", description: "", ownerContact: "", scopes: [], domains: [] };

/** Makes an application and hands its credentials to the dialog that shows them. */
export function CreateApplicationForm() {
  const t = useTranslations("applicationForm");
  const reveal = useSecretReveal();
  return (
    <ApplicationForm
      action={createApplicationAction}
      said={null}
      onSuccess={(credentials) => reveal(credentials)}
      defaultValues={EMPTY}
      submitLabel={t("create")}
      cancelHref={routes.applications.list()}
    />
  );
}
