"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useConfirmation } from "@/components/ui/use-confirmation";
import type { CreateApplication, CreateApplicationInput } from "@/lib/applications/application.schema";
import { routes } from "@/lib/routes";
import { ApplicationForm } from "../../../_components/application-form";
import { updateApplicationAction } from "../../../actions";

type EditApplicationFormProps = { applicationId: string; defaultValues: CreateApplicationInput };

/** Changes an application. Letting it act for anyone, where it could not before, is asked about once more. */
export function EditApplicationForm({ applicationId, defaultValues }: EditApplicationFormProps) {
  const t = useTranslations("applicationForm");
  const router = useRouter();
  const widening = useConfirmation();
  const detail = routes.applications.detail(applicationId);

  function confirm({ domainPolicy }: CreateApplication): Promise<boolean> {
    const widens = defaultValues.domainPolicy === "listed" && domainPolicy === "any";
    return widens ? widening.ask() : Promise.resolve(true);
  }

  return (
    <>
      <ApplicationForm
        action={(values) => updateApplicationAction({ applicationId, ...values })}
        confirm={confirm}
        onSuccess={() => {
          router.push(detail);
          router.refresh();
        }}
        defaultValues={defaultValues}
        submitLabel={t("save")}
        cancelHref={detail}
      />
      <ConfirmDialog
        isOpen={widening.isOpen}
        onAnswer={widening.answer}
        title={t("widenTitle")}
        description={t("widenText", { count: defaultValues.domains.length })}
        confirmLabel={t("widenConfirm")}
        cancelLabel={t("widenCancel")}
      />
    </>
  );
}
