"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { DeletionFormProps } from "./deletion-form";

/**
 * Deletes an application, once somebody has said what becomes of its rooms and has typed its name. The form is loaded
 * when it is asked for: it stands behind every page of an application, and hardly anybody opens it.
 */
export function DeleteApplicationControl(props: Omit<DeletionFormProps, "onCancel">) {
  const t = useTranslations("revokeAccess");
  const isHydrated = useIsHydrated();
  const { part, failure, load } = useLoadedPart(async () => {
    const [form, dialog] = await Promise.all([import("./deletion-form"), import("@/components/ui/dialog")]);
    return { ...form, ...dialog };
  });
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button ref={buttonRef} variant="ghost" disabled={!isHydrated} onClick={async () => setIsOpen(await load())}>
        {t("delete")}
      </Button>
      {failure !== undefined && <FormFailure error={failure} />}
      {part !== undefined && (
        <part.Dialog
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          title={t("deleteTitle")}
          description={t("deleteText")}
          returnFocus={() => buttonRef.current?.focus()}
        >
          <part.DeletionForm {...props} onCancel={() => setIsOpen(false)} />
        </part.Dialog>
      )}
    </>
  );
}
