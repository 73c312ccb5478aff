"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FieldErrors } from "@/components/form/form-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { Dialog, type DialogProps } from "@/components/ui/dialog";
import { ROOM_CHOICES } from "@/lib/applications/delete-application.schema";
import type { Counted } from "@/lib/list/counted";
import { routes } from "@/lib/routes";
import { deleteApplicationAction } from "../../../actions";
import { DialogForm } from "../dialog-form";
import { NameConfirmation } from "../name-confirmation";

export type ApplicationToDelete = { applicationId: string; name: string; roomCount: Counted; preview?: ReactNode };

type DeletionDialogProps = ApplicationToDelete & Pick<DialogProps, "isOpen" | "onOpenChange" | "returnFocus">;

/** Asks what becomes of the rooms of an application, and for its name, and deletes it. */
export function DeletionDialog({ isOpen, onOpenChange, returnFocus, ...form }: DeletionDialogProps) {
  const t = useTranslations("revokeAccess");
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t("deleteTitle")}
      description={t("deleteText")}
      returnFocus={returnFocus}
    >
      <DeletionForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function DeletionForm({
  applicationId,
  name,
  roomCount,
  preview,
  onCancel,
}: ApplicationToDelete & { onCancel(): void }) {
  const t = useTranslations("revokeAccess");
  const tForms = useTranslations("secretForms");
  const router = useRouter();
  const state = useActionForm({
    schema: () =>
      import("@/lib/applications/delete-application.schema").then((shared) => shared.applicationDeletionSchema),
    defaultValues: { rooms: "keep", confirmation: "" },
    action: (values) => deleteApplicationAction({ applicationId, ...values }),
    said: t("deleted", { name }),
    // Back must not lead to what is gone.
    onSuccess: () => router.replace(routes.applications.list()),
  });
  const { textOf, fieldOf } = useFormFields(state.form, "deletion", {
    rooms: t("rooms"),
    confirmation: tForms("confirmation"),
  });
  const { id, errors } = textOf("rooms");
  const errorId = `${id}-error`;

  return (
    <DialogForm state={state} submitLabel={t("delete")} isDangerous onCancel={onCancel}>
      {preview}
      {roomCount.count === 0 ? (
        <p className="text-sm">{t("noRooms")}</p>
      ) : (
        <fieldset className="space-y-2" aria-describedby={errors.length > 0 ? errorId : undefined}>
          <legend className="font-semibold">
            {roomCount.hasMore
              ? t("roomsLegendMore", { count: roomCount.count })
              : t("roomsLegend", { count: roomCount.count })}
          </legend>
          {ROOM_CHOICES.map((choice, index) => (
            <label key={choice} className="flex items-start gap-3 py-1">
              <input
                {...state.form.register("rooms")}
                type="radio"
                id={index === 0 ? id : undefined}
                value={choice}
                className="mt-0.5 size-5 shrink-0 accent-accent"
              />
              {t(`roomChoices.${choice}`, { count: roomCount.count })}
            </label>
          ))}
          <FieldErrors id={errorId} errors={errors} />
        </fieldset>
      )}
      <NameConfirmation {...fieldOf("confirmation")} applicationName={name} />
    </DialogForm>
  );
}
