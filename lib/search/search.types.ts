import type { Route } from "next";

/** What the search of the portal finds, in the order in which it is shown. */
export const HIT_KINDS = ["application", "person", "room", "request", "error"] as const;
export type HitKind = (typeof HIT_KINDS)[number];

/** What is done with an application that is chosen in the search. */
export const SEARCH_PURPOSES = ["rotate", "deactivate", "check-access"] as const;
export type SearchPurpose = (typeof SEARCH_PURPOSES)[number];

/** As long as the link of a room can reasonably be. */
export const SEARCH_TEXT_LENGTH_MAX = 200;

/** Something that was found, and where it leads. */
export type SearchHit = {
  /** Names it among those of its kind. */
  id: string;
  title: string;
  /** What tells it from another one with the same title. */
  detail: string;
  state: "inactive" | "expired" | "deleted" | null;
  href: Route;
};

/** The first hits of one kind. */
export type HitGroup = {
  kind: HitKind;
  hits: SearchHit[];
  /** Where all of them are listed, when there are more. */
  allHref: Route | null;
};
