import "server-only";

import type { Config } from "@/lib/env/config";
import type { StaffRole } from "@/lib/permissions";
import type { HitKind, SearchHit } from "../search.types";
import { searchPortal } from "../search-portal";
import type { IncidentParams } from "./incident.schema";

/** One kind of what was looked for. */
export type Suspects = {
  /** The one that is meant; undefined as long as several may be, and when there is none. */
  chosenId: string | undefined;
  /** Those that a text may mean. */
  found: SearchHit[];
  /** Whether there are more than those. */
  hasMore: boolean;
};

type Context = { role: StaffRole; now: Date; addresses: Config };

/**
 * Finds the application and the person that an address speaks of. Who was chosen counts; otherwise the one that is called
 * exactly so, or the only one there is: of several, none is taken for another.
 */
export async function findSuspects(
  { q, application, person }: IncidentParams,
  ctx: Context,
): Promise<{ application: Suspects; person: Suspects }> {
  const groups = q === undefined ? [] : await searchPortal({ q }, ctx);
  const suspectsOf = (kind: HitKind, chosenId: string | undefined): Suspects => {
    const group = groups.find((each) => each.kind === kind);
    const found = group?.hits ?? [];
    const hasMore = group !== undefined && group.allHref !== null;
    return { chosenId: chosenId ?? theOnly(found, q, hasMore)?.id, found, hasMore };
  };
  return { application: suspectsOf("application", application), person: suspectsOf("person", person) };
}

function theOnly(found: SearchHit[], q = "", hasMore: boolean): SearchHit | undefined {
  if (found.length === 1 && !hasMore) return found[0];
  const wanted = q.toLowerCase();
  const exact = found.filter((hit) => [hit.title, hit.detail].some((text) => text.toLowerCase() === wanted));
  return exact.length === 1 ? exact[0] : undefined;
}
