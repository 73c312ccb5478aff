import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading, CardRows } from "@/components/ui/card";
import { EmailAddress } from "@/components/ui/email-address";
import type { RoomDetail } from "@/lib/rooms/staff/staff-room.types";

/** Whose room it is, who else has a say in it, and who was invited. */
export function PeopleCard({ room: { people, attendees } }: { room: RoomDetail }) {
  const t = useTranslations("roomPage");
  return (
    <Card className="space-y-5">
      <CardHeading text={t("peopleText")}>{t("people")}</CardHeading>
      <CardRows empty={t("noPeople")}>
        {people.map(({ personId, email, displayName, role }) => (
          <li key={personId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3">
            <span className="min-w-0 wrap-anywhere">
              {displayName !== null && <span className="block font-medium">{displayName}</span>}
              <EmailAddress>{email}</EmailAddress>
            </span>
            <Badge>{t(`roles.${role}`)}</Badge>
          </li>
        ))}
      </CardRows>
      <div className="space-y-2">
        <h3 className="text-sm font-medium text-ink-muted">{t("attendees")}</h3>
        {attendees.length === 0 ? (
          <p className="text-ink-muted">{t("noAttendees")}</p>
        ) : (
          <ul className="space-y-1">
            {attendees.map((email) => (
              <li key={email} className="wrap-anywhere">
                <EmailAddress>{email}</EmailAddress>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
