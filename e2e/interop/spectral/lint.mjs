// Prints what Spectral's rules for OpenAPI find in the document at DOCUMENT_URL, as a list in JSON; warnings too.
import { Spectral } from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";

const spectral = new Spectral();
spectral.setRuleset({ extends: [rulesets.oas] });
const response = await fetch(process.env.DOCUMENT_URL);
const found = await spectral.run(await response.json());
console.log(JSON.stringify(found.map(({ code, path, message }) => `${code} ${path.join("/")}: ${message}`)));
