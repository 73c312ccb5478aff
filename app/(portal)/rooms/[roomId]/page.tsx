import type { Metadata } from "next";
import { getNow, getTranslations } from "next-intl/server";
import { cache } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { Notice } from "@/components/ui/notice";
import { requireStaff } from "@/lib/auth/require-staff";
import { config } from "@/lib/env/config";
import { isPermitted } from "@/lib/permissions";
import { getRoomForStaff } from "@/lib/rooms/staff/get-room-for-staff";
import { routes } from "@/lib/routes";
import { HistoryCard } from "../../_components/history-card";
import { orNotFound } from "../../_components/or-not-found";
import { RoomState } from "../_components/room-state";
import { DeletionControl } from "./_components/deletion-control";
import { PeopleCard } from "./_components/people-card";
import { RoomCard } from "./_components/room-card";

type RoomPageProps = { params: Promise<{ roomId: string }> };

const findRoom = cache((roomId: string) => orNotFound(getRoomForStaff(roomId, config(), new Date())));

export async function generateMetadata({ params }: RoomPageProps): Promise<Metadata> {
  await requireStaff("rooms:read");
  return { title: (await findRoom((await params).roomId)).name };
}

export default async function RoomPage({ params }: RoomPageProps) {
  const { staff } = await requireStaff("rooms:read");
  const room = await findRoom((await params).roomId);
  const [t, now] = await Promise.all([getTranslations("roomPage"), getNow()]);
  const canWrite = isPermitted(staff.role, "rooms:write");
  const { id, name, state, restorableUntil } = room;
  const isRestorable = restorableUntil === null || restorableUntil > now;
  return (
    <div className="space-y-6">
      <PageHeader
        title={name}
        description={<RoomState state={state} />}
        back={{ href: routes.rooms.list(), label: t("back") }}
      >
        {canWrite && isRestorable && (
          <DeletionControl
            roomId={id}
            name={name}
            isDeleted={state === "deleted"}
            retentionDays={config().roomRetentionDays}
          />
        )}
      </PageHeader>
      {restorableUntil !== null && (
        <Notice tone="warning">{isRestorable ? t("deletedText", { date: restorableUntil }) : t("deletedOver")}</Notice>
      )}
      {state === "expired" && <Notice>{t("expiredText")}</Notice>}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <RoomCard room={room} now={now} canWrite={canWrite} />
        <div className="min-w-0 space-y-6">
          <PeopleCard room={room} />
          <HistoryCard involving={{ kind: "room", id }} kind="all" role={staff.role} />
        </div>
      </div>
    </div>
  );
}
