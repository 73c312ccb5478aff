import "server-only";

import type { ExportFormat } from "@/lib/list/export-format";

const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
};

type Download = {
  /** Without extension; letters, digits and hyphens. */
  name: string;
  format: ExportFormat;
  pieces: AsyncGenerator<string>;
};

/**
 * Answers with a file that is written while it is sent: the next piece is made when the reader has taken the one
 * before, and nothing more is made once they have gone. A piece that cannot be made breaks the answer off.
 */
export function download({ name, format, pieces }: Download): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "Content-Type": MEDIA_TYPES[format],
      "Content-Disposition": `attachment; filename="${name}.${format}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
