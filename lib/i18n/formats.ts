import type { Formats } from "next-intl";

/** Every date is shown in one zone, and says so: servers, browsers and colleagues read the same text. */
export const DISPLAY_TIME_ZONE = "UTC";

export const FORMATS = {
  dateTime: {
    day: { year: "numeric", month: "short", day: "numeric" },
    // 24 hours in every language: "AM" is preceded by a different space in different runtimes.
    moment: {
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    },
  },
} satisfies Formats;
