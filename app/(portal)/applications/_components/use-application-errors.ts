"use client";

import { useTranslations } from "next-intl";
import type { UseFormReturn } from "react-hook-form";
import type { SummarisedError } from "@/components/form/error-summary";
import { useErrorText } from "@/components/form/use-error-text";
import type { CreateApplication, CreateApplicationInput } from "@/lib/applications/application.schema";
import { toEntryErrors } from "./domain-entries";

/** In the order of the page, which is the order of the summary. */
const FIELDS = ["name", "description", "ownerContact", "scopes", "domainPolicy", "domains"] as const;

export type ApplicationField = (typeof FIELDS)[number];

export function fieldId(field: ApplicationField): string {
  return `application-${field}`;
}

type ApplicationErrors = { errorsOf(field: ApplicationField): string[]; summary: SummarisedError[] };

/** Returns what is wrong with each field in the page's language, and all of it for the summary. */
export function useApplicationErrors(
  form: UseFormReturn<CreateApplicationInput, unknown, CreateApplication>,
): ApplicationErrors {
  const t = useTranslations("applicationForm");
  const errorText = useErrorText();
  const { errors } = form.formState;

  function errorsOf(field: ApplicationField): string[] {
    if (field === "domains") {
      return toEntryErrors(form.getValues("domains"), errors.domains).map(({ entry, reason }) =>
        entry === undefined ? errorText(reason) : t("domainError", { domain: entry, error: errorText(reason) }),
      );
    }
    const message = field === "scopes" ? firstMessage(errors.scopes) : errors[field]?.message;
    return message === undefined ? [] : [errorText(message)];
  }

  const labels = {
    name: t("name"),
    description: t("description"),
    ownerContact: t("ownerContact"),
    scopes: t("scopes"),
    domainPolicy: t("delegation"),
    domains: t("domains"),
  };
  const summary = FIELDS.flatMap((field) =>
    errorsOf(field).map((text) => ({ fieldId: fieldId(field), label: labels[field], text })),
  );
  return { errorsOf, summary };
}

function firstMessage(error: { message?: string | undefined } | undefined): string | undefined {
  if (error === undefined) return undefined;
  if (error.message !== undefined) return error.message;
  const entry: unknown = Object.values(error).find((value) => typeof value === "object" && value !== null);
  return entry === undefined ? undefined : "scope_unknown";
}
