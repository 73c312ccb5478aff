"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { FormFailure } from "@/components/form/form-failure";
import { FormField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import { Card } from "@/components/ui/card";
import { inputStyles } from "@/components/ui/input-styles";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { routes } from "@/lib/routes";
import { type InviteStaff, inviteStaffFormSchema } from "@/lib/staff/staff.schema";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";
import { RoleChoice } from "../../_components/role-choice";
import { StaffLinkDialog } from "../../_components/staff-link-dialog";
import { inviteStaffMemberAction } from "../../actions";

const FIELDS = ["email", "role"] as const;

/** Asks for whom and as what, and hands the link to the dialog that shows it once. */
export function InviteForm() {
  const t = useTranslations("staff");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [link, setLink] = useState<IssuedStaffLink>();
  const { form, submit, isBusy, failure } = useActionForm<InviteStaff, InviteStaff, IssuedStaffLink>({
    schema: inviteStaffFormSchema,
    // The least that lets somebody in.
    defaultValues: { email: "", role: "viewer" },
    action: inviteStaffMemberAction,
    onSuccess: setLink,
  });
  const labels = { email: t("email"), role: t("role") };
  const { fieldId, errorsOf, summary } = useFieldErrors(form, "invite", FIELDS, labels);

  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isHydrated} className="space-y-6">
        <legend className="sr-only">{t("inviteTitle")}</legend>
        {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
        <ErrorSummary errors={summary} />
        <Card className="space-y-6">
          <FormField id={fieldId("email")} label={labels.email} hint={t("emailHint")} errors={errorsOf("email")}>
            {(control) => (
              <input
                {...control}
                {...form.register("email")}
                type="email"
                required
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                className={inputStyles}
              />
            )}
          </FormField>
          <RoleChoice id={fieldId("role")} legend={labels.role} input={form.register("role")} />
          <SubmitButton isBusy={isBusy}>{t("inviteSubmit")}</SubmitButton>
        </Card>
      </fieldset>
      {link !== undefined && (
        <StaffLinkDialog
          link={link}
          onForget={() => setLink(undefined)}
          onClose={() => {
            setLink(undefined);
            router.push(routes.staff.detail(link.staffId));
          }}
        />
      )}
    </form>
  );
}
