export const dynamic = "force-dynamic";

/** Answers while the process can answer at all. Restart it when it does not. */
export function GET(): Response {
  return Response.json({ status: "live" }, { headers: { "Cache-Control": "no-store" } });
}
