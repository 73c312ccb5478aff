import { CalendarOff, Video } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BrandMark } from "@/components/layout/brand";
import { Card } from "@/components/ui/card";
import { findPublicRoom } from "@/lib/rooms/find-public-room";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("room");
  return { title: t("title") };
}

/** Where a link to a room leads while no meeting service is connected: it opens, and says what is and what is not. */
export default async function RoomPage({ params }: { params: Promise<{ slug: string }> }) {
  const room = await findPublicRoom((await params).slug);
  if (room === null) notFound();
  const t = await getTranslations("room");
  const isOpen = room.state === "open";
  const Icon = isOpen ? Video : CalendarOff;
  return (
    <main className="mx-auto grid min-h-dvh max-w-lg content-center gap-6 px-4 py-12">
      <div className="flex items-center gap-3">
        <BrandMark className="size-9" />
        <p className="text-lg font-semibold">Vestibule</p>
      </div>
      <Card className="space-y-5">
        <span aria-hidden="true" className="grid size-12 place-items-center rounded-full bg-accent-soft text-accent">
          <Icon />
        </span>
        <div className="space-y-1">
          <h1 className="text-2xl font-semibold tracking-tight break-words">
            {room.name === "" || room.name === room.slug ? t("title") : room.name}
          </h1>
          <p className="font-mono text-ink-muted">{room.slug}</p>
        </div>
        <p>{isOpen ? t("open") : t("ended")}</p>
        {isOpen && <p className="text-sm text-ink-muted">{t("openNext")}</p>}
      </Card>
    </main>
  );
}
