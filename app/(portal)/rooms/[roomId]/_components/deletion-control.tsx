"use client";

import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { deleteRoomAction, restoreRoomAction } from "../../actions";

type DeletionControlProps = { roomId: string; name: string; isDeleted: boolean; retentionDays: number };

/**
 * Deletes a room, after saying what that means, and gives it back. One button, so that the focus stays where it was.
 */
export function DeletionControl({ roomId, name, isDeleted, retentionDays }: DeletionControlProps) {
  const t = useTranslations("roomControls");
  const question = {
    title: t("deleteTitle"),
    description: t.rich("deleteText", {
      name,
      days: retentionDays,
      strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
      p: (chunks) => <p className="mt-2">{chunks}</p>,
    }),
    cancelLabel: t("keep"),
  };
  return (
    <ConfirmedAction
      label={isDeleted ? t("restore") : t("delete")}
      question={isDeleted ? undefined : question}
      action={() => (isDeleted ? restoreRoomAction : deleteRoomAction)({ roomId })}
      said={isDeleted ? t("restored") : t("deleted")}
    />
  );
}
