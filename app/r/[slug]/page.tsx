import { Lock, Phone, Video } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { BrandMark } from "@/components/layout/brand";
import { buttonStyles } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { config } from "@/lib/env/config";
import { spellDomain } from "@/lib/i18n/spell-domain";
import { findPublicRoom } from "@/lib/rooms/find-public-room";

type Params = { params: Promise<{ slug: string }> };

/** Asked by the preview and by the page, read once. */
const readRoom = cache((slug: string) => findPublicRoom(slug, config(), new Date()));

/** What a chat shows of a link: never more than the page itself would. */
export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations("room");
  const room = await readRoom((await params).slug);
  const title = room?.name ?? (room === null ? t("notFoundTitle") : t("title"));
  const description = room === null ? undefined : room.isPrivate ? t("private") : t("open");
  return {
    title,
    description,
    robots: { index: false, follow: false },
    openGraph: { title, description, siteName: "Vestibule", type: "website" },
  };
}

/** The door of a room: what the access level lets everybody know who holds the link, and the way in. */
export default async function RoomPage({ params }: Params) {
  const room = await readRoom((await params).slug);
  if (room === null) notFound();
  const t = await getTranslations("room");
  const Icon = room.isPrivate ? Lock : Video;
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
          <h1 className="text-2xl font-semibold tracking-tight break-words">{room.name ?? t("title")}</h1>
          <p className="font-mono text-ink-muted">{room.slug}</p>
        </div>
        <p>{room.isPrivate ? t("private") : t("open")}</p>
        {room.organisation !== null && (
          <p className="text-sm text-ink-muted">
            {t.rich("organisation", {
              domain: spellDomain(room.organisation),
              b: (chunks) => <b className="font-medium wrap-anywhere text-ink">{chunks}</b>,
            })}
          </p>
        )}
        {room.joinUrl === null ? (
          <p className="text-sm text-ink-muted">{t("openNext")}</p>
        ) : (
          <a href={room.joinUrl} rel="noreferrer" className={buttonStyles({ variant: "primary", className: "w-full" })}>
            <Video aria-hidden="true" />
            {t("join")}
          </a>
        )}
        {room.telephony !== null && (
          <section aria-labelledby="dial-in" className="space-y-2 border-t border-line pt-5">
            <h2 id="dial-in" className="flex items-center gap-2 font-semibold">
              <Phone aria-hidden="true" className="size-4" />
              {t("dialIn")}
            </h2>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              <dt className="text-ink-muted">{t("phoneNumber")}</dt>
              <dd>
                <a className="link" href={`tel:${room.telephony.phoneNumber.replaceAll(/[^+\d]/g, "")}`}>
                  {room.telephony.phoneNumber}
                </a>
              </dd>
              <dt className="text-ink-muted">{t("pin")}</dt>
              <dd className="font-mono">{room.telephony.pinCode}</dd>
            </dl>
          </section>
        )}
      </Card>
    </main>
  );
}
