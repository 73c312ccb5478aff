import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databaseAddress, databaseUrl, TLS_MODES } from "./database-address";
import { ValueError } from "./value-parsers";

const ENCODE =
  "cannot be taken apart: in the user name and the password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25";

const PLAIN = {
  host: "db.example",
  port: 5432,
  user: "ana",
  password: "secret",
  database: "rooms",
  schema: undefined,
  tlsMode: "prefer",
  tlsFiles: { ca: undefined, cert: undefined, key: undefined },
  applicationName: undefined,
  options: undefined,
  isTransactionPooled: false,
};

describe("the address of the database", () => {
  it.each([
    ["postgresql://ana:secret@db.example/rooms", {}],
    ["postgres://ana:secret@db.example:6543/rooms", { port: 6543 }],
    ["postgresql://ana:secret@[::1]:6543/rooms", { host: "::1", port: 6543 }],
    ["postgresql://ana@db.example/rooms", { password: undefined }],
    ["postgresql://db.example", { user: undefined, password: undefined, database: undefined }],
    ["postgresql:///rooms", { host: "localhost", user: undefined, password: undefined }],
    ["postgresql://ana:secret@/rooms", { host: "localhost" }],
    ["postgresql://ana:secret@:6543/rooms", { host: "localhost", port: 6543 }],
    ["postgresql://:6543/rooms", { host: "localhost", port: 6543, user: undefined, password: undefined }],
    ["postgresql://db.example?user=ana&password=secret&dbname=rooms&port=7", { port: 7 }],
    // Sockets: a folder, in either spelling, never encrypted.
    [
      "postgresql:///rooms?host=/var/run/postgresql&sslmode=require",
      { host: "/var/run/postgresql", tlsMode: "disable", user: undefined, password: undefined },
    ],
    ["postgresql://ana:secret@%2Fvar%2Frun%2Fpostgresql/rooms", { host: "/var/run/postgresql", tlsMode: "disable" }],
    ["postgresql://ana:secret@/rooms?host=/tmp&port=6543", { host: "/tmp", port: 6543, tlsMode: "disable" }],
    // Characters with a meaning, percent-encoded; an @ can be told apart without.
    ["postgresql://a%23a:%23%2F%3F%40%3A%25@db.example/rooms", { user: "a#a", password: "#/?@:%" }],
    ["postgresql://ana:se@cret@db.example/rooms", { password: "se@cret" }],
    ["postgresql://ana:secret@db.example/r%C3%A4ume", { database: "räume" }],
    ["postgresql://ana:secret@db.example/rooms?schema=vestibule", { schema: "vestibule" }],
    ["postgresql://ana:secret@db.example/rooms?options=-csearch_path%3Da,b", { options: "-csearch_path=a,b" }],
    ["postgresql://ana:secret@db.example/rooms?application_name=portal", { applicationName: "portal" }],
    ["postgresql://ana:secret@db.example/rooms?pgbouncer=true", { isTransactionPooled: true }],
    ["postgresql://ana:secret@db.example/rooms?pgbouncer=false", {}],
    [
      "postgresql://ana:secret@db.example/rooms?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem",
      { tlsMode: "verify-full", tlsFiles: { ca: "/ca.pem", cert: "/c.pem", key: "/k.pem" } },
    ],
  ])("%s is read as libpq reads it", (text, parts) => {
    expect(databaseAddress(text)).toEqual({ ...PLAIN, ...parts });
    expect(databaseUrl(text)).toBe(text);
  });

  it.each(TLS_MODES)("may ask for sslmode=%s", (mode) => {
    expect(databaseAddress(`postgresql://db.example/rooms?sslmode=${mode}`).tlsMode).toBe(mode);
  });

  it.each([
    ["mysql://canary@db.example/rooms", /^must be a URL that begins with postgresql:\/\/ or postgres:\/\/$/],
    ["canary", /^must be a URL that begins with/],
    ["postgresql://ana:can#ary@db.example/rooms", ENCODE],
    ["postgresql://ana:1#canary@db.example/rooms", ENCODE],
    ["postgresql://ana:1?canary@db.example/rooms", ENCODE],
    ["postgresql://ana:can?ary@db.example/rooms", ENCODE],
    ["postgresql://ana:1/canary@db.example/rooms", ENCODE],
    ["postgresql://ana:can/ary@db.example/rooms", ENCODE],
    ["postgresql://ana:canary%@db.example/rooms", ENCODE],
    ["postgresql://ana:canary%zz@db.example/rooms", ENCODE],
    ["postgresql://ana:canary@one,two/rooms", /^names several hosts; name one$/],
    ["postgresql://ana:canary@db.example/rooms?port=0", /^must have a port from 1 to 65535$/],
    ["postgresql://ana:canary@db.example/rooms?schema=a-b", /^must name a schema of letters/],
    ["postgresql://ana:canary@db.example/rooms?schema=pg_temp", /^must name a schema of letters/],
    [
      "postgresql://ana:canary@db.example/rooms?sslmode=no-verify",
      /^must have an sslmode out of: disable, allow, prefer/,
    ],
    ["postgresql://ana:canary@db.example/rooms?connection_limit=5", /not supported; there are: .*DATABASE_POOL_SIZE$/],
    ["postgresql://ana:canary@db.example/rooms?pgbouncer=canary", /^must have pgbouncer=true or pgbouncer=false$/],
    ["postgresql://ana:canary@db.example/rooms?pgbouncer=true&options=-cgeqo%3Doff", /^has options, which do not pass/],
  ])("%s is refused with a sentence that is true and repeats nothing", (text, reason) => {
    expect(() => databaseAddress(text)).toThrow(reason);
    expect(() => databaseAddress(text)).toThrow(ValueError);
    expect(() => databaseAddress(text)).not.toThrow(/canary|ary|one,two/);
  });

  it("holds any user, password and database that is percent-encoded", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(part, part, part, (user, password, database) => {
        fc.pre(!/[/@]/.test(database) && !/^\.+$/.test(database));
        const [a, b, c] = [user, password, database].map(encodeURIComponent);
        expect(databaseAddress(`postgresql://${a}:${b}@db.example/${c}`)).toEqual({
          ...PLAIN,
          user,
          password,
          database,
        });
      }),
    );
  });
});
