import "server-only";

import { plainPage } from "./plain-page";

/** The page for whoever asks while the database cannot be used. The request id is ours: it needs no escaping. */
export function outagePage(requestId: string): string {
  return plainPage(
    ({ outage: { title, text, reference } }) =>
      `<h1>${title}</h1><p>${text}</p><p>${reference} <code>${requestId}</code></p>`,
  );
}
