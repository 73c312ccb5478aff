import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Member } from "@/lib/developers/openapi/describe-schema";

/** The members of an object, or the parameters of a request: name, type, whether it must be there, what it is for. */
export function MemberList({ members }: { members: readonly Member[] }) {
  const t = useTranslations("reference");
  return (
    <dl className="divide-y divide-line border-y border-line text-sm">
      {members.map(({ name, isRequired, type, description }) => (
        <div key={name} className="grid grid-cols-1 gap-1 py-2.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:gap-4">
          <dt className="flex flex-wrap items-start gap-2">
            <code className="min-w-0 font-mono break-all">{name}</code>
            {isRequired && <Badge>{t("required")}</Badge>}
          </dt>
          <dd lang="en" className="space-y-0.5">
            <p className="break-words text-ink-muted">{type}</p>
            {description !== undefined && <p>{description}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
