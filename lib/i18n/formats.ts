import type { Formats } from "next-intl";

export const FORMATS = {
  dateTime: {
    day: { year: "numeric", month: "short", day: "numeric" },
    // Names its zone: who reads it over somebody's shoulder, or in a picture, must not guess.
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
    /** A day as a heading of what happened on it. */
    weekday: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
    /** The time of the day alone: where the day is said above it. */
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    /** The time of the day alone, to the second: where the day is said beside it. */
    clock: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
    hour: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    second: {
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    },
  },
} satisfies Formats;
