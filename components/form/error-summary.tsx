"use client";

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

export type SummarisedError = { fieldId: string; label: string; text: string };

/** Lists what is wrong with a form, each entry a link to its field. The focus itself goes to the first field. */
export function ErrorSummary({ errors }: { errors: SummarisedError[] }) {
  const t = useTranslations("form");
  if (errors.length === 0) return null;
  return (
    <Notice tone="danger" role="alert">
      <p className="font-medium">{t("summary", { count: errors.length })}</p>
      <ul className="list-disc space-y-1 pl-5">
        {errors.map(({ fieldId, label, text }) => (
          <li key={`${fieldId} ${text}`}>
            <a href={`#${fieldId}`} className="underline">
              {t("summaryEntry", { label, text })}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
