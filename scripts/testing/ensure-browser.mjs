// What the end-to-end tests need beside the product: a browser, and a client library in another language.

import { fail } from "../project.mjs";
import { ensureAuthlib } from "./ensure-authlib.mjs";
import { ensureChromium } from "./find-chromium.mjs";

await ensureChromium().then(ensureAuthlib).catch(fail);
