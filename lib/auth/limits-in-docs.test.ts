import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PICK_UP_WINDOW_MINUTES, PICK_UPS_MAX, WIDE_PICK_UPS_MAX } from "@/lib/applications/pick-up/pick-up-limit";
import { PICK_UP_LINK_HOURS } from "@/lib/applications/pick-up/pick-up-link.schema";
import { DEVICE_COOKIE_DAYS } from "@/lib/auth/sign-in/device-cookie";
import { GENERATED_PASSWORD_HOURS } from "@/lib/staff/password-policy";
import { OFFERED_APP_MINUTES } from "@/lib/staff/second-factor/change-authenticator-app";
import {
  FRESH_SIGN_IN_MINUTES,
  SESSION_IDLE_MINUTES,
  SESSION_LIFETIME_HOURS,
} from "@/lib/staff/sessions/staff-session";
import { PENDING_SIGN_IN_MINUTES } from "@/lib/staff/sign-in/pending/pending-sign-in";
import {
  ACCOUNT_FAILURES_MAX,
  FAILURES_MAX,
  NETWORK_FAILURES_MAX,
  THROTTLE_WINDOW_MINUTES,
  WIDE_NETWORK_FACTOR,
} from "@/lib/staff/sign-in/sign-in-throttle";

const [, section = ""] = readFileSync("docs/operations.md", "utf8").split("\n## Limits and lives\n");
const tables = section.split("\n## ")[0] ?? "";
const wide = `${FAILURES_MAX * WIDE_NETWORK_FACTOR}; ${NETWORK_FAILURES_MAX * WIDE_NETWORK_FACTOR}`;

it.each([
  ["| that browser (a sealed cookie, %s days) |", DEVICE_COOKIE_DAYS],
  [`| %s failures in ${THROTTLE_WINDOW_MINUTES} minutes |`, FAILURES_MAX],
  [`| address alone | %s failures in ${THROTTLE_WINDOW_MINUTES} minutes |`, NETWORK_FAILURES_MAX],
  [`| %s failures in ${THROTTLE_WINDOW_MINUTES} minutes |`, wide],
  [`| address: IPv4, IPv6 /64 | %s in ${PICK_UP_WINDOW_MINUTES} minutes | the link waits`, PICK_UPS_MAX],
  [`| IPv6 /48 | %s in ${PICK_UP_WINDOW_MINUTES} minutes |`, WIDE_PICK_UPS_MAX],
  ["| pick-up link ([decision 0018](decisions/0018-pick-up-links.md)) | %s hours,", PICK_UP_LINK_HOURS],
  [`| session of staff | %s hours; ${SESSION_IDLE_MINUTES} minutes without use |`, SESSION_LIFETIME_HOURS],
  ["| the account | %s failures in a day |", ACCOUNT_FAILURES_MAX],
  ["| the question for the second factor, after the right password | %s minutes |", PENDING_SIGN_IN_MINUTES],
  ["| key of an authenticator app that was shown | %s minutes |", OFFERED_APP_MINUTES],
  ["](roles.md#actions)) | %s minutes |", FRESH_SIGN_IN_MINUTES],
  ["| password made at the first start | %s hours,", GENERATED_PASSWORD_HOURS],
])("docs/operations.md says of a limit what the product does: %s", (row, limit) => {
  expect(tables).toContain(row.replace("%s", String(limit)));
});
