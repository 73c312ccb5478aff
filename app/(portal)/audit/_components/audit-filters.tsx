import { X } from "lucide-react";
import Link from "next/link";
import { getTimeZone, getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { FilterFold } from "@/components/data-table/toolbar/filter-fold";
import { Button, buttonStyles } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/input-styles";
import type { AuditFilter } from "@/lib/audit/log/audit-log.schema";
import type { AuditParty } from "@/lib/audit/log/audit-log.types";
import { getAuditParties } from "@/lib/audit/log/find-audit-parties";
import { cn } from "@/lib/cn";
import { beginOf, endOf } from "@/lib/list/address-values";
import { routes } from "@/lib/routes";
import { localIn } from "@/lib/time-zone";
import { ActionOptions, ActorOptions } from "./filter-options";

const FIELD = cn(inputStyles, "min-h-10 bg-surface py-1.5 text-sm read-only:bg-surface");

/** A form without scripts: what is chosen stands in the address, and the address is the whole state. */
export async function AuditFilters({ filter }: { filter: AuditFilter }) {
  const [parties, t, zone] = await Promise.all([getAuditParties(filter), getTranslations("audit"), getTimeZone()]);
  const on = Object.entries(filter).filter(([name, value]) => name !== "zone" && value !== undefined).length;
  return (
    <search aria-label={t("filters")}>
      <form action={routes.audit.list()}>
        <FilterFold count={on}>
          <div className="w-full space-y-4">
            <div className="grid grid-cols-1 items-end gap-4 sm:grid-cols-2 xl:grid-cols-4">
              <Field id="audit-actor" label={t("actor")}>
                <select id="audit-actor" name="actor" defaultValue={filter.actor ?? ""} className={FIELD}>
                  <ActorOptions parties={parties} />
                </select>
              </Field>
              <Field id="audit-action" label={t("action")}>
                <select id="audit-action" name="action" defaultValue={filter.action ?? ""} className={FIELD}>
                  <ActionOptions />
                </select>
              </Field>
              <InputField
                name="from"
                label={t("from", { zone })}
                type="datetime-local"
                defaultValue={filter.from && localIn(zone, beginOf(filter.from, filter.zone))}
              />
              <InputField
                name="to"
                label={t("to", { zone })}
                type="datetime-local"
                defaultValue={filter.to && localIn(zone, new Date(endOf(filter.to, filter.zone).getTime() - 1_000))}
              />
              <input type="hidden" name="zone" value={zone} />
            </div>
            <details className="group" open={filter.ip !== undefined || filter.request !== undefined}>
              <summary className="w-fit cursor-pointer rounded text-sm font-medium text-ink-muted hover:text-ink">
                {t("moreFilters")}
              </summary>
              <div className="mt-3 grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
                <InputField name="ip" label={t("ip")} defaultValue={filter.ip} maxLength={45} isCode />
                <InputField name="request" label={t("request")} defaultValue={filter.request} maxLength={64} isCode />
              </div>
            </details>
            {filter.target !== undefined && <input type="hidden" name="target" value={filter.target} />}
            {filter.person !== undefined && <input type="hidden" name="person" value={filter.person} />}
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit" variant="primary">
                {t("apply")}
              </Button>
              {on > 0 && (
                <Link href={routes.audit.list()} className={buttonStyles({ variant: "ghost" })}>
                  {t("clearFilters")}
                </Link>
              )}
              <Chip party={parties.target} label="about" href={routes.audit.list({ ...filter, target: undefined })} />
              <Chip
                party={parties.person}
                label="forPerson"
                href={routes.audit.list({ ...filter, person: undefined })}
              />
            </div>
          </div>
        </FilterFold>
      </form>
    </search>
  );
}

function Field({ id, label, children }: { id: string; label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0 space-y-1">
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      {children}
    </div>
  );
}

type InputFieldProps = Omit<ComponentProps<"input">, "className"> & { name: string; label: string; isCode?: boolean };

function InputField({ name, label, isCode = false, ...input }: InputFieldProps) {
  return (
    <Field id={`audit-${name}`} label={label}>
      <input
        id={`audit-${name}`}
        name={name}
        autoComplete="off"
        spellCheck={false}
        className={cn(FIELD, isCode && "font-mono")}
        {...input}
      />
    </Field>
  );
}

type ChipProps = { party: AuditParty | null; label: "about" | "forPerson"; href: ReturnType<typeof routes.audit.list> };

/** A filter that came with a link, and the way to be rid of it. */
async function Chip({ party, label, href }: ChipProps) {
  const [t, tParties] = await Promise.all([getTranslations("audit"), getTranslations("auditParties")]);
  if (party === null) return null;
  const name = party.name ?? tParties(party.kind);
  const text = label === "about" ? t("about", { name }) : t("forPerson", { name });
  return (
    <Link
      href={href}
      aria-label={t("takeAway", { filter: text })}
      className="inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-accent-soft px-3 text-sm hover:bg-sunken"
    >
      <span className="truncate">{text}</span>
      <X aria-hidden="true" className="size-3.5 shrink-0" />
    </Link>
  );
}
