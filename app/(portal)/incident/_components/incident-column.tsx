import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Card, CardHeading } from "@/components/ui/card";
import { EmailAddress } from "@/components/ui/email-address";
import type { Suspects } from "@/lib/search/incident/find-suspects";

type IncidentColumnProps = { id: string; title: string; children: ReactNode };

/** What one red button is about: how it is, what would stop, and the button. */
export function IncidentColumn({ id, title, children }: IncidentColumnProps) {
  return (
    <Card aria-labelledby={id} className="min-w-0 space-y-4">
      <CardHeading id={id}>{title}</CardHeading>
      {children}
    </Card>
  );
}

type ColumnSubjectProps = { name: ReactNode; detail?: ReactNode; href: Route; state: ReactNode };

/** Who or what is meant, and how it stands with them. */
export function ColumnSubject({ name, detail, href, state }: ColumnSubjectProps) {
  return (
    <div className="space-y-2">
      <p className="wrap-anywhere">
        <Link href={href} className="link font-medium">
          {name}
        </Link>
        {detail !== undefined && <span className="block text-sm text-ink-muted">{detail}</span>}
      </p>
      <div>{state}</div>
    </div>
  );
}

type UnchosenProps = {
  /** It was chosen by an address that is older than its end. */
  isGone: boolean;
  suspects: Suspects;
  /** What is said when there is nothing to choose from. */
  none: string;
  linkTo(id: string): Route;
};

/** Those of which one has to be chosen, or why there is none. */
export async function Unchosen({ isGone, suspects: { found, hasMore }, none, linkTo }: UnchosenProps) {
  const t = await getTranslations("incident");
  if (isGone) return <p className="text-ink-muted">{t("gone")}</p>;
  if (found.length === 0) return <p className="wrap-anywhere text-ink-muted">{none}</p>;
  return (
    <div className="space-y-2">
      <p className="text-sm text-ink-muted">{t("several")}</p>
      <ul className="divide-y divide-line rounded-md border border-line">
        {found.map(({ id, title: name, detail }) => (
          <li key={id}>
            <Link href={linkTo(id)} scroll={false} className="block px-3 py-2 wrap-anywhere hover:bg-sunken">
              <EmailAddress>{name}</EmailAddress>
              {detail !== "" && (
                <span className="block text-sm text-ink-muted">
                  <EmailAddress>{detail}</EmailAddress>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {hasMore && <p className="text-sm text-ink-muted">{t("moreFit")}</p>}
    </div>
  );
}
