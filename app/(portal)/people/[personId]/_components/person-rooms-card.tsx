import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading, CardRows } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { PERSON_ROOMS_SHOWN } from "@/lib/people/list-person-rooms";
import type { PersonRoom } from "@/lib/people/person.types";
import { routes } from "@/lib/routes";

/** The newest rooms in which the person has a role. */
export function PersonRoomsCard({ rooms, now }: { rooms: PersonRoom[]; now: Date }) {
  const t = useTranslations("person");
  return (
    <Card className="space-y-4">
      <CardHeading>{t("rooms")}</CardHeading>
      <CardRows empty={t("noRooms")}>
        {rooms.slice(0, PERSON_ROOMS_SHOWN).map(({ id, name, role, createdAt }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-2.5">
            <Link href={routes.rooms.detail(id)} className="min-w-0 font-medium break-words underline">
              {name}
            </Link>
            <span className="flex flex-wrap items-center gap-3 text-sm text-ink-muted">
              <Badge>{t(`roles.${role}`)}</Badge>
              <RelativeTime value={createdAt} now={now} />
            </span>
          </li>
        ))}
      </CardRows>
      {rooms.length > PERSON_ROOMS_SHOWN && (
        <p className="text-sm text-ink-muted">{t("moreRooms", { count: PERSON_ROOMS_SHOWN })}</p>
      )}
    </Card>
  );
}
