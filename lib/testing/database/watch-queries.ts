import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from "@prisma/driver-adapter-utils";
import type { DatabaseConnection } from "@/lib/db/connection";
import type { RunStatement, Statement } from "@/lib/db/statement";

/** What a client is built on, noting what it is asked. */
export type WatchedConnection = Pick<DatabaseConnection, "runStatement" | "withSession"> & {
  adapterFactory: SqlDriverAdapterFactory;
  queries: string[];
  /** What has been asked so far, changes and what is asked inside a transaction included. */
  traffic: Traffic;
};

/** A statement that is in no transaction is one by itself. */
type Traffic = { statements: number; transactions: number };

/**
 * Returns a connection like the given one that notes every query it is asked, with its values written into it: what
 * `EXPLAIN` can be put in front of. For tests only; the quoting holds for what tests store.
 */
export function watchQueries({
  adapterFactory,
  runStatement,
  withSession,
}: Pick<DatabaseConnection, "adapterFactory" | "runStatement" | "withSession">): WatchedConnection {
  const queries: string[] = [];
  const traffic: Traffic = { statements: 0, transactions: 0 };
  const watched = new Proxy<SqlDriverAdapterFactory>(adapterFactory, {
    get(target, name) {
      if (name !== "connect") return bound(target, name);
      return async () => watchAdapter(await target.connect(), queries, traffic);
    },
  });
  const note: RunStatement = <Row>(statement: Statement, values: readonly unknown[]) => {
    queries.push(withValues({ sql: statement.text, args: [...values] }));
    traffic.statements += 1;
    traffic.transactions += 1;
    return runStatement<Row>(statement, values);
  };
  return { adapterFactory: watched, runStatement: note, withSession, queries, traffic };
}

function watchAdapter(adapter: SqlDriverAdapter, queries: string[], traffic: Traffic): SqlDriverAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      if (name === "startTransaction") {
        return async (...args: Parameters<SqlDriverAdapter["startTransaction"]>) => {
          traffic.transactions += 1;
          return countStatements(await target.startTransaction(...args), () => {
            traffic.statements += 1;
          });
        };
      }
      if (name !== "queryRaw" && name !== "executeRaw") return bound(target, name);
      return (query: SqlQuery) => {
        if (name === "queryRaw") queries.push(withValues(query));
        traffic.statements += 1;
        traffic.transactions += 1;
        return target[name](query);
      };
    },
  });
}

function countStatements(transaction: Transaction, count: () => void): Transaction {
  return new Proxy(transaction, {
    get(target, name) {
      if (name !== "queryRaw" && name !== "executeRaw") return bound(target, name);
      return (query: SqlQuery) => {
        count();
        return target[name](query);
      };
    },
  });
}

function bound(target: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name);
  return typeof member === "function" ? member.bind(target) : member;
}

function withValues({ sql, args }: Pick<SqlQuery, "sql" | "args">): string {
  return sql.replace(/\$(\d+)/g, (_, index) => toLiteral(args[Number(index) - 1]));
}

function toLiteral(value: unknown): string {
  if (Array.isArray(value)) return `'{${value.join(",")}}'`;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value === null || value === undefined) return "NULL";
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}
