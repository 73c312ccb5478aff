"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { ApplicationToDelete } from "./deletion-dialog";

/**
 * Deletes an application, once somebody has said what becomes of its rooms and has typed its name. The dialog is loaded
 * when it is asked for: it stands behind every page of an application, and hardly anybody opens it.
 */
export function DeleteApplicationControl(props: ApplicationToDelete) {
  const t = useTranslations("revokeAccess");
  const isHydrated = useIsHydrated();
  const { part, failure, load } = useLoadedPart(() => import("./deletion-dialog"));
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button ref={buttonRef} variant="ghost" disabled={!isHydrated} onClick={async () => setIsOpen(await load())}>
        {t("delete")}
      </Button>
      {failure !== undefined && <FormFailure error={failure} />}
      {part !== undefined && (
        <part.DeletionDialog
          {...props}
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          returnFocus={() => buttonRef.current?.focus()}
        />
      )}
    </>
  );
}
