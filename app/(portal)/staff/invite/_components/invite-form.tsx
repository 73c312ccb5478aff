"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { afterLoading } from "@/components/form/after-loading";
import { TextField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Card } from "@/components/ui/card";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import { routes } from "@/lib/routes";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";
import { RoleChoice } from "../../_components/role-choice";
import { inviteStaffMemberAction } from "../../actions";

/** Asks for whom and as what, and hands the link to the dialog that shows it once. */
export function InviteForm() {
  const t = useTranslations("staff");
  const router = useRouter();
  const [link, setLink] = useState<IssuedStaffLink>();
  const { part: dialog, load } = useLoadedPart(() => import("../../_components/staff-link-dialog"));
  const state = useActionForm({
    schema: () => import("@/lib/staff/staff.schema").then((shared) => shared.inviteStaffFormSchema),
    // The least that lets somebody in.
    defaultValues: { email: "", role: "viewer" },
    action: (values) => afterLoading(load, () => inviteStaffMemberAction(values)),
    said: null,
    onSuccess: setLink,
  });
  const { fieldOf, summary } = useFormFields(state.form, "invite", { email: t("email"), role: t("role") });

  return (
    <>
      <ActionForm state={state} legend={t("inviteTitle")} summary={summary}>
        <Card className="space-y-6">
          <TextField
            {...fieldOf("email")}
            hint={t("emailHint")}
            type="email"
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <RoleChoice {...fieldOf("role")} />
          <SubmitButton isBusy={state.isBusy}>{t("inviteSubmit")}</SubmitButton>
        </Card>
      </ActionForm>
      {link !== undefined && dialog !== undefined && (
        <dialog.StaffLinkDialog
          link={link}
          onForget={() => setLink(undefined)}
          onClose={() => {
            setLink(undefined);
            router.push(routes.staff.detail(link.staffId));
          }}
        />
      )}
    </>
  );
}
