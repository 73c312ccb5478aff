const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether `value` has the shape of an id (RFC 9562 §4), in either case: nothing else is worth asking the database for. */
export function isUuid(value: unknown): value is string {
  return typeof value === "string" && UUID.test(value);
}
