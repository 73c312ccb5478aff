import "server-only";

import { beginOf, endOf } from "@/lib/list/address-values";
import { DEFAULT_TIME_ZONE } from "@/lib/time";
import { localIn } from "@/lib/time-zone";
import type { AuditChainHead } from "../chain/find-audit-chain-head";
import { type AuditFilter, type AuditKind, kindOf } from "../log/audit-log.schema";
import type { AuditParty } from "../log/audit-log.types";

/** File systems take 255 bytes; what browsers put behind the name of a second copy must fit as well. */
const NAME_MAX = 200;

const KINDS: Record<AuditKind, string> = {
  staff: "staff changes",
  sign_in: "sign-ins",
  application: "applications and people",
  all: "everything",
};

type Exported = {
  events: number;
  filter: AuditFilter;
  involved: AuditParty | undefined;
  /** The newest head of the chain of the log, where there is one. */
  chain?: AuditChainHead | undefined;
  /** When the export was made, and the zone in which its reader tells days. */
  at: Date;
  zone: string;
};

/** What a file of events holds: for programs, and in one sentence. */
export type ExportAbout = {
  text: string;
  events: number;
  exported_at: Date;
  kind: AuditKind;
  /** From the beginning of the log when null. */
  from: Date | null;
  /** The first moment after it: when the export was made, if nothing else was asked for. */
  until: Date;
  zone: string;
  involving: { kind: string; id: string | null; name: string | null } | null;
  /** What the log, whole and up to a moment, hashed to: to be kept with the file (docs/operations.md). */
  chain: { until: Date; head: string } | null;
  /** What else it was narrowed by, as the address of the log says it. */
  filters: Record<string, string>;
};

/** Says what an export holds. In English, as the names of its columns are: files are read by programs. */
export function toExportAbout({ events, filter, involved, chain, at, zone }: Exported): ExportAbout {
  const { kind: _, involving: _involving, from, to, zone: ofMoments, range: _range, ...rest } = filter;
  const filters = Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => !!entry[1]));
  const until = to === undefined ? at : endOf(to, ofMoments);
  const about = {
    events,
    exported_at: at,
    kind: kindOf(filter),
    from: from === undefined ? null : beginOf(from, ofMoments),
    until: until > at ? at : until,
    zone: ofMoments ?? ((from ?? to) ? DEFAULT_TIME_ZONE : zone),
    involving: involved === undefined ? null : { kind: involved.kind, id: involved.id, name: involved.name },
    chain: chain ?? null,
    filters,
  };
  return { text: sentencesOf(about).join(", "), ...about };
}

/** The name of the file, without extension: the same in the letters that every file system takes. */
export function toExportName(about: ExportAbout): string {
  return toLetters(["audit-log", ...sentencesOf(about)].join(" "));
}

function sentencesOf({ events, from, until, kind, zone, involving, filters }: Omit<ExportAbout, "text">): string[] {
  const last = dayOf(new Date(until.getTime() - 1), zone);
  const first = from === null ? undefined : dayOf(from, zone);
  return [
    `${events} ${events === 1 ? "event" : "events"}`,
    first === undefined ? `until ${last}` : first === last ? first : `${first} to ${last}`,
    KINDS[kind],
    ...(involving === null ? [] : [`involving ${involving.name ?? `${involving.kind} ${involving.id}`}`]),
    ...Object.entries(filters).map(([name, value]) => `${name} ${value}`),
  ];
}

function dayOf(moment: Date, zone: string): string {
  return localIn(zone, moment).slice(0, 10);
}

function toLetters(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, NAME_MAX)
    .replace(/^-|-$/g, "");
}
