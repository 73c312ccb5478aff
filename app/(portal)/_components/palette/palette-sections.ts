import type { Route } from "next";
import type { HitGroup, HitKind, SearchHit } from "@/lib/search/search.types";
import type { PaletteEntry, PaletteStep } from "./palette-entry.types";

/** Something that can be chosen. */
export type PaletteOption = {
  /** Names it among all that are shown. */
  id: string;
  step: PaletteStep;
} & (
  | { kind: "page" | "action"; title: string }
  | { kind: HitKind; hit: SearchHit }
  /** The way to all of a kind. */
  | { kind: "all"; of: HitKind; href: Route }
);

export type PaletteSection = { kind: "page" | "action" | HitKind; options: PaletteOption[] };

/**
 * What the palette shows: the pages and actions whose names have every word of the text in them, and then what the server
 * found, so that nothing that was there already moves when its answer comes.
 */
export function toSections(entries: readonly PaletteEntry[], groups: readonly HitGroup[], q: string): PaletteSection[] {
  const named = entries.filter(({ label }) => isNamed(label, q));
  return [
    ...(["page", "action"] as const).map((kind) => ({
      kind,
      options: named
        .filter((entry) => entry.kind === kind)
        .map(({ id, label, step }): PaletteOption => ({ id: `${kind}-${id}`, kind, title: label, step })),
    })),
    ...groups.map(({ kind, hits, allHref }) => ({
      kind,
      options: [
        ...hits.map((hit): PaletteOption => ({ id: `${kind}-${hit.id}`, kind, hit, step: { href: hit.href } })),
        ...(allHref === null
          ? []
          : [{ id: `${kind}-all`, kind: "all", of: kind, href: allHref, step: { href: allHref } } as const]),
      ],
    })),
  ].filter(({ options }) => options.length > 0);
}

/** Whether a name has every word of the text in it, whatever the case and the accents. */
function isNamed(name: string, q: string): boolean {
  const folded = fold(name);
  return fold(q)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
}
