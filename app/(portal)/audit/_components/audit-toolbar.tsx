import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTimeZone, getTranslations } from "next-intl/server";
import { FilterMenu } from "@/components/data-table/filter-menu";
import { SelectFilter, TextFilter } from "@/components/data-table/list-filters";
import { ListForm } from "@/components/data-table/list-form";
import { FilterFold } from "@/components/data-table/toolbar/filter-fold";
import { SubmitWithoutScripts } from "@/components/data-table/toolbar/submit-without-scripts";
import { Disclosure } from "@/components/layout/disclosure";
import { buttonStyles } from "@/components/ui/button";
import { type AuditAddress, rangeOf } from "@/lib/audit/log/audit-log.schema";
import type { AuditParty } from "@/lib/audit/log/audit-log.types";
import { getAuditParties } from "@/lib/audit/log/get-audit-parties";
import type { AuditView } from "@/lib/audit/log/get-audit-view";
import { beginOf, endOf } from "@/lib/list/address-values";
import { localIn } from "@/lib/time-zone";
import { useActionOptions } from "./action-options";
import type { AuditLinks } from "./audit-address";
import { AuditChoices } from "./audit-choices";
import { FilterChip } from "./filter-chip";
import { InvolvingFilter } from "./involving-filter";

type AuditToolbarProps = { view: AuditView; links: AuditLinks };

/** What the log is narrowed to. Whatever is changed is applied at once, and stands in the address. */
export async function AuditToolbar({ view: { address, involved }, links }: AuditToolbarProps) {
  const [parties, zone, t, tParties] = await Promise.all([
    getAuditParties(address),
    getTimeZone(),
    getTranslations("audit"),
    getTranslations("auditParties"),
  ]);
  const nameOf = (party: AuditParty) =>
    party.name ?? (party.id === null ? t(`any.${party.kind}`) : tParties(party.kind));
  const chip = (text: string, without: Partial<AuditAddress>) => ({
    text,
    href: links({ ...address, ...without }),
    label: t("takeAway", { filter: text }),
  });
  const form = toForm(address, zone);
  const { involving, kind, from, to, action, ip, request, ...hidden } = form;
  const isFiltered = Object.values(address).some((value) => value !== undefined);
  return (
    <div className="space-y-3">
      <AuditChoices address={address} links={links} />
      <ListForm address={links(form)}>
        <FilterFold
          count={[from ?? to, action, ip, request].filter((value) => value !== undefined).length}
          beside={
            <>
              <InvolvingFilter
                label={t("involving")}
                placeholder={t("involvingHint")}
                value={involving ?? ""}
                chosen={involved && chip(t("involves", { name: nameOf(involved) }), { involving: undefined })}
              />
              {parties.actor !== null && (
                <FilterChip {...chip(t("by", { name: nameOf(parties.actor) }), { actor: undefined })} />
              )}
              {parties.target !== null && (
                <FilterChip {...chip(t("about", { name: nameOf(parties.target) }), { target: undefined })} />
              )}
              {parties.person !== null && (
                <FilterChip {...chip(t("forPerson", { name: nameOf(parties.person) }), { person: undefined })} />
              )}
            </>
          }
        >
          <Hidden values={{ kind }} />
          <Disclosure look="button" align="start" summary={t("ownRange")}>
            <div className="space-y-4">
              <TextFilter name="from" label={t("from", { zone })} type="datetime-local" value={from ?? ""} />
              <TextFilter name="to" label={t("to", { zone })} type="datetime-local" value={to ?? ""} />
              <Hidden values={{ zone }} />
            </div>
          </Disclosure>
          <FilterMenu count={[action, ip, request].filter((value) => value !== undefined).length}>
            <div className="space-y-4">
              <ActionFilter value={action ?? ""} />
              <TextFilter name="ip" label={t("ip")} value={ip ?? ""} maxLength={45} isCode />
              <TextFilter name="request" label={t("request")} value={request ?? ""} maxLength={64} isCode />
            </div>
          </FilterMenu>
          <Hidden values={{ actor: hidden.actor, target: hidden.target, person: hidden.person, range: hidden.range }} />
          <SubmitWithoutScripts />
          {isFiltered && (
            <Link href={links({})} scroll={false} className={buttonStyles({ variant: "ghost" })}>
              {t("clear")}
            </Link>
          )}
        </FilterFold>
      </ListForm>
    </div>
  );
}

/** What the controls say when they say this address: moments in the reader's zone, and in the order of the controls. */
function toForm(address: AuditAddress, zone: string): AuditAddress {
  const { involving, kind, from, to, zone: ofMoments, action, ip, request, actor, target, person } = address;
  const hasMoment = from !== undefined || to !== undefined;
  return {
    involving,
    kind,
    from: from && localIn(zone, beginOf(from, ofMoments)),
    to: to && localIn(zone, new Date(endOf(to, ofMoments).getTime() - 1_000)),
    zone: hasMoment ? zone : undefined,
    action,
    ip,
    request,
    actor,
    target,
    person,
    range: rangeOf(address),
  };
}

function Hidden({ values }: { values: Record<string, string | undefined> }) {
  return Object.entries(values).map(
    ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
  );
}

function ActionFilter({ value }: { value: string }) {
  const t = useTranslations("audit");
  return (
    <SelectFilter name="action" label={t("action")} value={value} any={t("anything")} options={useActionOptions()} />
  );
}
