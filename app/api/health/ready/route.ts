import { checkReadiness } from "@/lib/server/check-readiness";

export const dynamic = "force-dynamic";

/** 200 while requests can be answered, 503 while the database is away. Take it out of rotation, do not restart it. */
export async function GET(): Promise<Response> {
  const ready = await checkReadiness();
  return Response.json(
    { status: ready ? "ready" : "unavailable" },
    { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store", ...(ready ? {} : { "Retry-After": "5" }) } },
  );
}
