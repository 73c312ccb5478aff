import { describe, expect, it } from "vitest";
import { QUICK_START_TABS } from "./address-state";
import { SNIPPETS } from "./build-snippets";

const SUBJECT = { publicUrl: "https://rooms.example.org", clientId: "client42", email: "zoe@lyon.example" };

describe.each(QUICK_START_TABS)("the program in %s", (tab) => {
  const { build } = SNIPPETS[tab];

  it("names the server, the client and the person, and takes the secret from the environment", () => {
    const program = build(SUBJECT);
    for (const part of [...Object.values(SUBJECT), "VESTIBULE_CLIENT_SECRET"]) expect(program).toContain(part);
    expect(program).not.toContain("VESTIBULE_CLIENT_ID");
  });

  it("takes a client ID that nobody has said from the environment as well", () => {
    expect(build({ ...SUBJECT, clientId: "" })).toMatch(/VESTIBULE_CLIENT_ID/);
  });
});
