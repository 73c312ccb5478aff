import "server-only";

import { join, relative } from "node:path";
import { z } from "zod";

/** What the server answers, as one line of JSON: the name of the folder with the copy, or the code of what was in the way. */
export const copyAnswerSchema = z.union([
  z.object({ folder: z.string().regex(/^copy-[0-9a-f]{12}$/) }),
  z.object({ failure: z.string().max(64) }),
]);

export type CopyAnswer = z.infer<typeof copyAnswerSchema>;

/** Of macOS, which takes the least. */
const SOCKET_BYTES_MAX = 103;

/**
 * The socket at which a running server is asked for a copy of its embedded database. Whoever can open the data directory can
 * ask. It is written from the working directory if that is shorter: no system takes a longer address than SOCKET_BYTES_MAX,
 * and what is cut off would be another one. Undefined where it is longer all the same.
 */
export function findCopySocketPath(dataDirectory: string): string | undefined {
  const path = join(dataDirectory, "backup.socket");
  const short = relative(process.cwd(), path);
  const shorter = short.length < path.length ? short : path;
  return Buffer.byteLength(shorter) <= SOCKET_BYTES_MAX ? shorter : undefined;
}
