import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery } from "@prisma/driver-adapter-utils";

/**
 * Returns a factory like the given one whose connections note every query they are asked, with its values written into
 * it: what `EXPLAIN` can be put in front of. For tests only; the quoting holds for what tests store.
 */
export function watchQueries(factory: SqlDriverAdapterFactory): {
  factory: SqlDriverAdapterFactory;
  queries: string[];
} {
  const queries: string[] = [];
  const watched = new Proxy(factory, {
    get(target, name) {
      if (name !== "connect") return bound(target, name);
      return async () => watchAdapter(await target.connect(), queries);
    },
  });
  return { factory: watched, queries };
}

function watchAdapter(adapter: SqlDriverAdapter, queries: string[]): SqlDriverAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      if (name !== "queryRaw") return bound(target, name);
      return (query: SqlQuery) => {
        queries.push(withValues(query));
        return target.queryRaw(query);
      };
    },
  });
}

function bound(target: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name);
  return typeof member === "function" ? member.bind(target) : member;
}

function withValues({ sql, args }: SqlQuery): string {
  return sql.replace(/\$(\d+)/g, (_, index) => toLiteral(args[Number(index) - 1]));
}

function toLiteral(value: unknown): string {
  if (Array.isArray(value)) return `'{${value.join(",")}}'`;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value === null || value === undefined) return "NULL";
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}
