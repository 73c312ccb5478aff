import { ChevronDown, LogOut } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import type { StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { Disclosure } from "./disclosure";
import { Preferences, type PreferencesProps } from "./preferences";

type UserMenuProps = Omit<PreferencesProps, "className"> & {
  staff: { name: string; email: string; role: StaffRole };
  signOut(): Promise<void>;
};

const LINK = "inline-flex min-h-8 items-center text-sm font-medium underline";

/** Who is signed in, how they like the portal, and the way out, which needs no menu to be opened first. */
export function UserMenu({ staff, signOut, ...preferences }: UserMenuProps) {
  const t = useTranslations("shell");
  const role = t(`roles.${staff.role}`);
  return (
    <section aria-label={t("userMenu")} className="relative flex items-center gap-1">
      <Disclosure
        summary={
          <>
            <span
              aria-hidden="true"
              className="grid size-8 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
            >
              {initialOf(staff.name)}
            </span>
            <span className="sr-only max-w-48 text-left text-sm leading-tight sm:not-sr-only">
              <span className="block truncate font-medium">{staff.name}</span>
              <span className="block text-xs text-ink-muted">{role}</span>
            </span>
            <ChevronDown
              aria-hidden="true"
              className="size-4 text-ink-muted transition-transform group-open:rotate-180"
            />
          </>
        }
      >
        <div className="space-y-4">
          <div className="border-b border-line pb-3 text-sm">
            <p className="font-medium break-words">{staff.name}</p>
            <p className="wrap-anywhere text-ink-muted">{staff.email}</p>
            <p className="text-ink-muted">{role}</p>
          </div>
          <p className="flex flex-wrap gap-x-6">
            <Link href={routes.account()} className={LINK}>
              {t("account")}
            </Link>
            <Link href={routes.incident()} className={LINK}>
              {t("incident")}
            </Link>
          </p>
          <Preferences {...preferences} />
        </div>
      </Disclosure>
      <form action={signOut}>
        <button type="submit" className={cn(buttonStyles({ variant: "ghost" }), "px-3")}>
          <LogOut aria-hidden="true" />
          <span className="sr-only sm:not-sr-only">{t("signOut")}</span>
        </button>
      </form>
    </section>
  );
}

function initialOf(name: string): string {
  return [...name.trim()][0]?.toLocaleUpperCase() ?? "?";
}
