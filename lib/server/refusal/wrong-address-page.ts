import "server-only";

import { plainPage } from "./plain-page";

/**
 * The page for whoever came to the portal by another name. It loads nothing, because nothing is answered under that
 * name, and repeats nothing of the request.
 */
export function wrongAddressPage(publicUrl: string): string {
  const address = publicUrl.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const link = `<a href="${address}">${address}</a>`;
  return plainPage(
    ({ wrongAddress: { title, open, operator } }) => `<h1>${title}</h1><p>${open} ${link}</p><p>${operator}</p>`,
  );
}
