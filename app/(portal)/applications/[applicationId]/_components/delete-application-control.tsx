"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { FieldErrors } from "@/components/form/form-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import {
  type ApplicationDeletionInput,
  type ApplicationDeletionValues,
  applicationDeletionSchema,
  ROOM_CHOICES,
} from "@/lib/applications/delete-application.schema";
import { routes } from "@/lib/routes";
import { deleteApplicationAction } from "../../actions";
import { DialogForm } from "./dialog-form";
import { NameConfirmation } from "./name-confirmation";

type DeletionProps = { applicationId: string; name: string; roomCount: number; preview?: ReactNode };

/** Deletes an application, once somebody has said what becomes of its rooms and has typed its name. */
export function DeleteApplicationControl(props: DeletionProps) {
  const t = useTranslations("revokeAccess");
  const isHydrated = useIsHydrated();
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button ref={buttonRef} variant="danger" disabled={!isHydrated} onClick={() => setIsOpen(true)}>
        {t("delete")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("deleteTitle")}
        description={t("deleteText")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          buttonRef.current?.focus();
        }}
      >
        <DeletionForm {...props} onCancel={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

function DeletionForm({ applicationId, name, roomCount, preview, onCancel }: DeletionProps & { onCancel(): void }) {
  const t = useTranslations("revokeAccess");
  const tForms = useTranslations("secretForms");
  const router = useRouter();
  const { form, submit, isBusy, failure } = useActionForm<
    ApplicationDeletionInput,
    ApplicationDeletionValues,
    { roomsKept: number; roomsDeleted: number }
  >({
    schema: applicationDeletionSchema,
    defaultValues: { rooms: "keep", confirmation: "" },
    action: (values) => deleteApplicationAction({ applicationId, ...values }),
    // Back must not lead to what is gone.
    onSuccess: () => router.replace(routes.applications.list()),
  });
  const labels = { rooms: t("rooms"), confirmation: tForms("confirmation") };
  const { fieldId, errorsOf } = useFieldErrors(form, "deletion", ["rooms", "confirmation"], labels);
  const errorId = `${fieldId("rooms")}-error`;

  return (
    <DialogForm
      submit={submit}
      isBusy={isBusy}
      failure={failure}
      submitLabel={t("delete")}
      isDangerous
      onCancel={onCancel}
    >
      {preview}
      {roomCount === 0 ? (
        <p className="text-sm">{t("noRooms")}</p>
      ) : (
        <fieldset className="space-y-2" aria-describedby={errorsOf("rooms").length > 0 ? errorId : undefined}>
          <legend className="font-semibold">{t("roomsLegend", { count: roomCount })}</legend>
          {ROOM_CHOICES.map((choice, index) => (
            <label key={choice} className="flex items-start gap-3 py-1">
              <input
                {...form.register("rooms")}
                type="radio"
                id={index === 0 ? fieldId("rooms") : undefined}
                value={choice}
                className="mt-0.5 size-5 shrink-0 accent-accent"
              />
              {t(`roomChoices.${choice}`, { count: roomCount })}
            </label>
          ))}
          <FieldErrors id={errorId} errors={errorsOf("rooms")} />
        </fieldset>
      )}
      <NameConfirmation
        id={fieldId("confirmation")}
        name={name}
        errors={errorsOf("confirmation")}
        field={form.register("confirmation")}
      />
    </DialogForm>
  );
}
