// What the end-to-end tests need beside the product: a browser, and clients in other languages.

import { fail } from "../project.mjs";
import { ensureForeignClients } from "./ensure-foreign-clients.mjs";
import { ensureChromium } from "./find-chromium.mjs";

await ensureChromium().then(ensureForeignClients).catch(fail);
