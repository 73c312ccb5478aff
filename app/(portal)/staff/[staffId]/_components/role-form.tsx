"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Card } from "@/components/ui/card";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { StaffRole } from "@/lib/permissions";
import { type SetStaffRole, setStaffRoleSchema } from "@/lib/staff/staff.schema";
import { RoleChoice } from "../../_components/role-choice";
import { setStaffRoleAction } from "../../actions";

/** Gives a member another role. */
export function RoleForm({ staffId, role }: { staffId: string; role: StaffRole }) {
  const t = useTranslations("staff");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [isSaved, setIsSaved] = useState(false);
  const { form, submit, isBusy, failure } = useActionForm<SetStaffRole, SetStaffRole, void>({
    schema: setStaffRoleSchema,
    defaultValues: { staffId, role },
    async action(values) {
      setIsSaved(false);
      return setStaffRoleAction(values);
    },
    onSuccess() {
      setIsSaved(true);
      router.refresh();
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isHydrated}>
        <legend className="sr-only">{t("changeRole")}</legend>
        <Card className="space-y-5">
          {failure !== undefined && <FormFailure error={failure} />}
          <RoleChoice id="member-role" legend={t("role")} input={form.register("role")} />
          <SubmitButton isBusy={isBusy}>{t("changeRole")}</SubmitButton>
          <p role="status" className="text-sm text-success">
            {isSaved ? t("roleChanged") : ""}
          </p>
        </Card>
      </fieldset>
    </form>
  );
}
