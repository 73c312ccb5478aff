import { describe, expect, it } from "vitest";
import { ValueError } from "../value-parsers";
import { redisAddress, redisUrl } from "./redis-address";

const PLAIN = {
  host: "redis.example",
  port: 6379,
  username: undefined,
  password: undefined,
  database: 0,
  tls: false,
};
const EXPECTED =
  "must be redis://user:password@host:port/database, or rediss:// for TLS; in the user name and the password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25";

describe("the address of Redis", () => {
  it.each([
    ["redis://redis.example", {}],
    ["redis://redis.example/", {}],
    ["redis://redis.example:6380/12", { port: 6380, database: 12 }],
    ["rediss://redis.example", { tls: true }],
    ["redis://:secret@redis.example", { password: "secret" }],
    ["redis://ana:secret@redis.example", { username: "ana", password: "secret" }],
    ["redis://a%23a:%23%2F%3F%40%3A%25@redis.example", { username: "a#a", password: "#/?@:%" }],
    ["redis://[::1]:6380", { host: "::1", port: 6380 }],
  ])("is taken apart: %s", (url, parts) => {
    expect(redisAddress(url)).toEqual({ ...PLAIN, ...parts });
    expect(redisUrl(url)).toBe(url);
  });

  it.each([
    ["another scheme", "http://redis.example:6379"],
    ["no scheme", "redis.example:6379"],
    ["no host", "redis://"],
    ["a socket", "redis:///run/redis.sock"],
    ["no number of a port", "redis://redis.example:canary"],
    ["a port beyond all ports", "redis://redis.example:65536"],
    ["the port 0", "redis://redis.example:0"],
    ["a database that is no number", "redis://redis.example/canary"],
    ["a database that is negative", "redis://redis.example/-1"],
    ["a second part of a path", "redis://redis.example/0/canary"],
    ["parameters", "redis://redis.example/0?password=canary"],
    ["a fragment", "redis://redis.example/0#canary"],
    ["a password with a slash", "redis://:a/canary@redis.example"],
    ["a password with a question mark", "redis://:a?canary@redis.example"],
    ["a password with a number sign", "redis://:a#canary@redis.example"],
    ["a password with a percent sign", "redis://:canary%zz@redis.example"],
    ["several hosts", "redis://one.example,canary:6379"],
  ])("is refused without a word of it: %s", (_what, url) => {
    expect(() => redisUrl(url)).toThrow(new ValueError(EXPECTED));
  });
});
