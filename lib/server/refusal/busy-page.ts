import "server-only";

import { plainPage } from "./plain-page";

/** The page for whoever asks while the gate lets nobody in. */
export function busyPage(): string {
  return plainPage(({ busy: { title, text } }) => `<h1>${title}</h1><p>${text}</p>`);
}
