import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { foreignClient, runClient, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();
const { missing } = foreignClient("curl");

const ENTITIES: Record<string, string> = { "&quot;": '"', "&#x27;": "'", "&amp;": "&", "&gt;": ">", "&lt;": "<" };

/** The command that the reference shows for an operation, as somebody would copy it. */
async function readSample(operationId: string): Promise<string> {
  const answer = await fetch(`${baseURL}/developers/reference/${operationId}`);
  expect(answer.status).toBe(200);
  const [, code = ""] = /<code>(curl[^<]*)<\/code>/.exec(await answer.text()) ?? [];
  return code.replaceAll(/&(?:quot|#x27|amp|gt|lt);/g, (entity) => ENTITIES[entity] ?? "");
}

test("curl: what the reference shows for each operation works as it stands, from a token to the end of a room", async () => {
  skipIfMissing(missing);
  const { clientId, clientSecret } = client("full");
  const environment: Record<string, string> = {
    VESTIBULE_CLIENT_ID: clientId,
    VESTIBULE_CLIENT_SECRET: clientSecret,
  };

  async function run(operationId: string): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await runClient("sh", ["-c", await readSample(operationId)], environment);
    expect({ operationId, code, stderr }).toEqual({ operationId, code: 0, stderr: "" });
    return stdout === "" ? {} : (JSON.parse(stdout) as Record<string, unknown>);
  }

  environment.TOKEN = String((await run("createToken")).access_token);
  const room = await run("createRoom");
  expect(room).toMatchObject({ slug: expect.stringMatching(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/) });
  environment.ROOM_ID = String(room.id);
  expect(await run("describeToken")).toMatchObject({ client_id: clientId });
  expect(await run("listRooms")).toMatchObject({ results: expect.arrayContaining([room]) });
  expect(await run("readRoom")).toEqual(room);
  expect(await run("updateRoom")).toMatchObject({ id: room.id, name: "Weekly" });
  environment.ACCESS_ID = String((await run("addRoomAccess")).id);
  expect(await run("updateRoomAccess")).toMatchObject({ id: environment.ACCESS_ID, role: "administrator" });
  expect(await run("listRoomAccesses")).toMatchObject({ count: 2 });
  await run("removeRoomAccess");
  expect(await run("grantCompatibleAccess")).toMatchObject({ role: "member" });
  expect(await run("updateCompatibleRoom")).toMatchObject({ configuration: { everyone_can_mute: true } });
  await run("deleteRoom");
  expect(await run("introspectToken")).toMatchObject({ active: true });
  await run("revokeToken");
  expect(await run("introspectToken")).toEqual({ active: false });
  for (const open of ["listKeys", "readServerMetadata", "readResourceMetadata"]) await run(open);

  const refused = await runClient("sh", ["-c", await readSample("readRoom")], environment);
  // 22 is how curl says that the answer was 400 or above.
  expect(refused.code).toBe(22);
});
