import { expect, test } from "@playwright/test";
import { readScriptBytes } from "../support/script-bytes";

/** Of what is loaded before anything was clicked, in kB of 1000 bytes, compressed. */
const EVERY_PAGE_MAX_KB = 200;
const LIST_MAX_KB = 190;
const LOG_MAX_KB = 180;
/** It has a menu for each row, and loads what asks before it switches something off when somebody does. */
const APPLICATIONS_MAX_KB = 194;

const pages = readScriptBytes(".next");
const kilobytesOf = (page: string) => (pages.get(page) ?? Number.NaN) / 1000;

test("no page loads more scripts than it may, nor so few that they were not counted", () => {
  expect(pages.size).toBeGreaterThan(25);
  for (const [page, bytes] of pages) {
    expect(bytes / 1000, page).toBeLessThanOrEqual(EVERY_PAGE_MAX_KB);
    expect(bytes / 1000, page).toBeGreaterThan(100);
  }
});

test("the list of applications loads no more scripts than it may", () => {
  expect(kilobytesOf("(portal)/applications")).toBeLessThanOrEqual(APPLICATIONS_MAX_KB);
});

test("lists load neither the library of forms nor the one that reads their addresses", () => {
  for (const page of ["people", "rooms", "staff", "delegation", "audit"]) {
    expect(kilobytesOf(`(portal)/${page}`), page).toBeLessThanOrEqual(LIST_MAX_KB);
  }
});

test("the log of requests, for all applications and for one, loads no more scripts than it may", () => {
  for (const page of ["activity", "applications/[applicationId]/activity"]) {
    expect(kilobytesOf(`(portal)/${page}`), page).toBeLessThanOrEqual(LOG_MAX_KB);
  }
});
