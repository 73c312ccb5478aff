import Link from "next/link";
import { useTranslations } from "next-intl";
import { Definition } from "@/components/layout/definition";
import { Card, CardHeading } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RoomDetail } from "@/lib/rooms/staff/staff-room.types";
import { routes } from "@/lib/routes";
import { RoomLink } from "../../_components/room-link";
import { PinControl } from "./pin-control";

type RoomCardProps = { room: RoomDetail; now: Date; canWrite: boolean };

/** Where the room is, who made it and how it is set up. */
export function RoomCard({ room, now, canWrite }: RoomCardProps) {
  const t = useTranslations("roomPage");
  const tRooms = useTranslations("rooms");
  const { id, url, slug, accessLevel, externalId, application, createdAt, updatedAt, expiresAt } = room;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("about")}</CardHeading>
      <dl className="space-y-4">
        <Definition term={t("link")}>
          <div className="flex flex-wrap items-center gap-x-2">
            <code className="font-mono text-sm wrap-anywhere select-all">{url}</code>
            {room.deletedAt === null && <RoomLink name={room.name} url={url} />}
          </div>
        </Definition>
        <Definition term={t("slug")}>
          <code className="font-mono text-sm">{slug}</code>
        </Definition>
        <Definition term={t("application")}>
          {application === null ? (
            <Muted text={t("noApplication")} />
          ) : (
            <Link
              href={routes.applications.detail(application.id)}
              className="underline underline-offset-4 hover:text-accent"
            >
              {application.name}
            </Link>
          )}
        </Definition>
        <Definition term={t("externalId")}>
          {externalId === null ? (
            <Muted text={t("none")} />
          ) : (
            <code className="font-mono text-sm wrap-anywhere">{externalId}</code>
          )}
        </Definition>
        <Definition term={t("access")}>{tRooms(`accessLevels.${accessLevel}`)}</Definition>
        <Definition term={t("sources")}>
          <Sources sources={room.canPublishSources} />
        </Definition>
        {room.everyoneCanMute !== null && (
          <Definition term={t("mute")}>{room.everyoneCanMute ? t("yes") : t("no")}</Definition>
        )}
        <Definition term={t("pin")}>
          <Pin roomId={id} hasPin={room.hasPin} canWrite={canWrite} />
        </Definition>
        <Definition term={t("created")}>
          <RelativeTime value={createdAt} now={now} />
        </Definition>
        <Definition term={t("updated")}>
          <RelativeTime value={updatedAt} now={now} />
        </Definition>
        <Definition term={expiresAt !== null && expiresAt <= now ? t("expired") : t("expires")}>
          {expiresAt === null ? t("never") : t("until", { date: expiresAt })}
        </Definition>
      </dl>
    </Card>
  );
}

function Sources({ sources }: { sources: string[] | null }) {
  const t = useTranslations("roomPage");
  if (sources === null) return t("defaultSources");
  if (sources.length === 0) return t("noSources");
  return (
    <ul className="flex flex-wrap gap-1">
      {sources.map((source) => (
        <li key={source} className="rounded bg-sunken px-1.5 py-0.5 font-mono text-sm">
          {source}
        </li>
      ))}
    </ul>
  );
}

function Pin({ roomId, hasPin, canWrite }: { roomId: string; hasPin: boolean; canWrite: boolean }) {
  const t = useTranslations("roomPage");
  if (!hasPin) return <Muted text={t("noPin")} />;
  return canWrite ? <PinControl roomId={roomId} /> : <Muted text={t("pinHidden")} />;
}

function Muted({ text }: { text: string }) {
  return <span className="text-ink-muted">{text}</span>;
}
