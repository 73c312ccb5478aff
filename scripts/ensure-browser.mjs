// What the end-to-end tests need beside the product: a browser, and a client library in another language.
import { ensureAuthlib } from "./ensure-authlib.mjs";
import { ensureChromium } from "./find-chromium.mjs";
import { fail } from "./project.mjs";

await ensureChromium().then(ensureAuthlib).catch(fail);
