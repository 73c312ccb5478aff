import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PersonDetail } from "@/lib/people/person.types";
import { routes } from "@/lib/routes";
import { RenamePersonForm } from "./rename-person-form";

/** Who this is, since when, and through which application they became known. */
export function AboutPersonCard({ person, canWrite, now }: { person: PersonDetail; canWrite: boolean; now: Date }) {
  const t = useTranslations("person");
  const { email, displayName, createdAt, createdBy } = person;
  return (
    <Card className="space-y-5">
      <CardHeading>{t("about")}</CardHeading>
      <dl className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-[9rem_1fr]">
        <dt className="text-sm text-ink-muted">{t("email")}</dt>
        <dd className="min-w-0">
          <EmailAddress>{email}</EmailAddress>
        </dd>
        <dt className="text-sm text-ink-muted">{t("known")}</dt>
        <dd className="min-w-0">
          <RelativeTime value={createdAt} now={now} />
          {createdBy !== null && (
            <>
              {" "}
              {t.rich("through", {
                name: createdBy.name,
                link: (chunks) => (
                  <Link href={routes.applications.detail(createdBy.id)} className="break-words underline">
                    {chunks}
                  </Link>
                ),
              })}
            </>
          )}
        </dd>
      </dl>
      {canWrite ? (
        <RenamePersonForm key={displayName} personId={person.id} displayName={displayName ?? ""} />
      ) : (
        displayName !== null && <p>{displayName}</p>
      )}
    </Card>
  );
}
