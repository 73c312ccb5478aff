import { expect, it } from "vitest";
import { findRelyingParty } from "./relying-party";

it.each([
  ["https://portal.example.org", { id: "portal.example.org", origin: "https://portal.example.org" }],
  ["https://portal.example.org:8443", { id: "portal.example.org", origin: "https://portal.example.org:8443" }],
  ["http://localhost:3000", { id: "localhost", origin: "http://localhost:3000" }],
  ["http://127.0.0.1:3000", undefined],
  ["https://192.0.2.7", undefined],
  ["http://[::1]:3000", undefined],
])("passkeys of %s are made for %o", (publicUrl, party) => {
  expect(findRelyingParty({ publicUrl })).toEqual(party);
});
