// The browser for end-to-end tests. Playwright's own download is not reachable everywhere, and takes five attempts to say
// so: where a package manager installs one without a question, that comes first.
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { runNode, StepError, step } from "../project.mjs";
import { canInstallPackages, installPackages } from "./debian-packages.mjs";

const PLACES = [
  // Without the parts that only a window shows: a fifth faster.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The path of a browser that is there, or undefined. */
export function findChromium() {
  return [process.env.CHROMIUM_PATH, ...PLACES, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** Finds a browser or installs one. Rejects with what to do by hand. */
export async function ensureChromium() {
  if (findChromium()) return;
  const attempts = [() => runNode(["node_modules/@playwright/test/cli.js", "install", "chromium"])];
  if (canInstallPackages()) attempts.unshift(() => installPackages(["chromium-headless-shell"]));
  for (const attempt of attempts) {
    await step("Installing Chromium for the end-to-end tests", attempt).catch((error) => console.error(error.message));
    if (findChromium()) return;
  }
  throw new StepError("No browser was found or could be installed. Install Chromium, or name one in CHROMIUM_PATH.");
}
