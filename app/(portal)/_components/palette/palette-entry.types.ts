import type { Route } from "next";
import type { SearchPurpose } from "@/lib/search/search.types";

/** What choosing an entry does: it leads to a page, asks which application, or shows the keys. */
export type PaletteStep =
  | { href: Route; purpose?: undefined; showsKeys?: undefined }
  | { href?: undefined; purpose: SearchPurpose; showsKeys?: undefined }
  | { href?: undefined; purpose?: undefined; showsKeys: true };

/** A page or an action that the palette has without asking the server. */
export type PaletteEntry = { id: string; kind: "page" | "action"; label: string; step: PaletteStep };
