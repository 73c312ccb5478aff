import type { ApplicationSummary } from "@/lib/applications/application.types";
import type { DailyCalls } from "@/lib/usage/usage.types";

export type ApplicationRow = ApplicationSummary & {
  /** By day, oldest first. Empty where the column is hidden. */
  calls: readonly DailyCalls[];
  /** When the page was made: relative times are counted from there. */
  shownAt: Date;
};
