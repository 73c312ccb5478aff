import "server-only";

import type { Config } from "@/lib/env/config";

type Newcomer = { email: string; generatedPassword?: string };

/** What the server says to the person who started it. */
export const startMessages = {
  /** Printed once in the life of an installation. */
  administrator({ email, generatedPassword }: Newcomer, { publicUrl }: Config): string {
    return [
      "",
      "  The first administrator was created.",
      "",
      `    Sign in at   ${publicUrl}/sign-in`,
      `    Email        ${email}`,
      `    Password     ${generatedPassword ?? "the one in ADMIN_PASSWORD"}`,
      ...(generatedPassword === undefined ? [] : ["", "  The password is shown this once and stored only as a hash."]),
      "",
    ].join("\n");
  },

  /** The last line of a start. */
  ready({ publicUrl, host, port }: Config): string {
    return `Vestibule is ready at ${publicUrl} (listening on ${host} port ${port}). Sign in at ${publicUrl}/sign-in`;
  },
};
