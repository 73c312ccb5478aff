export function POST() {
  return Response.json({});
}
