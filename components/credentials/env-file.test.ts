import { expect, it } from "vitest";
import { toEnvFile } from "./env-file";

it("holds what a first call needs, a line each, ready to be read by a shell or a dotenv", () => {
  const credentials = { applicationId: "a", name: "Calendar", clientId: "c1", secretId: "s", clientSecret: "vst_s1" };
  const addresses = { tokenUrl: "https://v.example/api/oauth/token", roomsUrl: "https://v.example/api/external/rooms" };
  expect(toEnvFile(credentials, addresses)).toBe(
    [
      "VESTIBULE_CLIENT_ID=c1",
      "VESTIBULE_CLIENT_SECRET=vst_s1",
      "VESTIBULE_TOKEN_URL=https://v.example/api/oauth/token",
      "VESTIBULE_ROOMS_URL=https://v.example/api/external/rooms",
      "",
    ].join("\n"),
  );
});
