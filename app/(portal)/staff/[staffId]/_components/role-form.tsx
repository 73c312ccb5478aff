"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Card } from "@/components/ui/card";
import type { StaffRole } from "@/lib/permissions";
import { RoleChoice } from "../../_components/role-choice";
import { setStaffRoleAction } from "../../actions";

/** Gives a member another role. */
export function RoleForm({ staffId, role }: { staffId: string; role: StaffRole }) {
  const t = useTranslations("staff");
  const state = useActionForm({
    schema: () => import("@/lib/staff/staff.schema").then((shared) => shared.setStaffRoleSchema),
    defaultValues: { staffId, role },
    action: setStaffRoleAction,
    said: t("roleChanged"),
  });
  const { fieldOf } = useFormFields(state.form, "member", { role: t("role") });
  return (
    <ActionForm state={state} legend={t("changeRole")}>
      <Card className="space-y-5">
        <RoleChoice {...fieldOf("role")} />
        <SubmitButton isBusy={state.isBusy}>{t("changeRole")}</SubmitButton>
      </Card>
    </ActionForm>
  );
}
