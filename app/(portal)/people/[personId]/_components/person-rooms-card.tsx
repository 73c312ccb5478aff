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
        {rooms.slice(0, PERSON_ROOMS_SHOWN).map(({ id, name, role, application, createdAt }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-2.5">
            <div className="min-w-0 space-y-0.5 wrap-anywhere">
              <Link href={routes.rooms.detail(id)} prefetch={false} className="font-medium underline">
                {name}
              </Link>
              <p className="text-sm text-ink-muted">
                {application === null
                  ? t("madeByDeleted")
                  : t.rich("madeBy", {
                      name: application.name,
                      link: (chunks) => (
                        <Link href={routes.applications.detail(application.id)} prefetch={false} className="underline">
                          {chunks}
                        </Link>
                      ),
                    })}
              </p>
            </div>
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
