import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnvironment } from "./read-environment";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-dotenv-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("readEnvironment", () => {
  it("is the environment itself where there is no .env file", () => {
    expect(readEnvironment(folder, { PORT: "1" })).toEqual({ PORT: "1" });
  });

  it("lets the environment win over the .env file, unless it is empty", () => {
    writeFileSync(join(folder, ".env"), "PORT=1\nHOST=file.example\nDATA_DIR='a b'\n");
    expect(readEnvironment(folder, { PORT: "2", HOST: "" })).toEqual({
      PORT: "2",
      HOST: "file.example",
      DATA_DIR: "a b",
    });
  });

  it.each(["\n", "\r\n"])("reads a .env file with a byte order mark and %j after each line as one without", (end) => {
    const lines = ["PORT=1", "# a comment", "HOST=file.example", "DATA_DIR='a b'", 'OIDC_BUTTON_LABEL="The Uni"', ""];
    writeFileSync(join(folder, ".env"), `\uFEFF${lines.join(end)}`);
    expect(readEnvironment(folder, {})).toEqual({
      PORT: "1",
      HOST: "file.example",
      DATA_DIR: "a b",
      OIDC_BUTTON_LABEL: "The Uni",
    });
  });

  it("keeps the file's values out of the process environment", () => {
    writeFileSync(join(folder, ".env"), "VESTIBULE_CANARY=1\n");
    expect(readEnvironment(folder).VESTIBULE_CANARY).toBe("1");
    expect(process.env.VESTIBULE_CANARY).toBeUndefined();
  });
});
