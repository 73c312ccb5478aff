import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { CURE_PERMISSIONS, type Cure, type Hopeless } from "@/lib/machine/cures/cures.types";
import { isPermitted, leastRoleWith, type StaffRole } from "@/lib/permissions";
import { CURE_LINKS, type CureFacts } from "./cure-link";

type CureControlProps = { cure: Cure | Hopeless; facts: CureFacts; role: StaffRole; isPrimary?: boolean };

/** The way to what cures a refusal; for who may not do it who can, and for what has no cure here why not. */
export function CureControl({ cure, facts, role, isPrimary = false }: CureControlProps) {
  const t = useTranslations("cures");
  if (typeof cure !== "string") return <p className="text-sm text-ink-muted">{t(`nothingHere.${cure.nothingHere}`)}</p>;
  const permission = CURE_PERMISSIONS[cure];
  if (!isPermitted(role, permission)) {
    return <p className="text-sm text-ink-muted">{t("whoCan", { role: leastRoleWith(permission) })}</p>;
  }
  const { href, label, value } = CURE_LINKS[cure](facts);
  return (
    <Link
      href={href}
      prefetch={false}
      className={buttonStyles({ variant: isPrimary ? "primary" : "secondary", className: "max-w-full wrap-anywhere" })}
    >
      {t(`links.${label}`, { value })}
    </Link>
  );
}
