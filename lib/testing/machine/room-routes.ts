import { afterAll, beforeAll } from "vitest";
import { SCOPES } from "@/lib/applications/scopes";
import { setConfig } from "@/lib/env/config";
import type { RouteHandler } from "@/lib/http/endpoint";
import { m2mApi } from "@/lib/machine/m2m-api";
import { testConfig } from "@/lib/testing/test-config";
import { createTestClient, createTestPerson, type TestClient } from "./machine-application";
import { type Answer, callExternal, obtainToken } from "./machine-requests";
import { createTestRoom } from "./machine-rooms";

type RoomCall = { body?: unknown; headers?: Record<string, string>; query?: string; token?: string };

/** Calls the routes of one room as an application with every scope, for an owner unless another token is given. */
export function useRoomRoutes(routes: Record<"GET" | "PATCH" | "DELETE", RouteHandler>) {
  let client: TestClient;
  let owner: { id: string; email: string };
  let token: string;

  beforeAll(async () => {
    setConfig(testConfig());
    client = await createTestClient({ scopes: [...SCOPES] });
    owner = await createTestPerson();
    token = await signInAs(owner.email);
  });
  afterAll(() => setConfig(undefined));

  function signInAs(email: string, as = client): Promise<string> {
    return obtainToken(m2mApi(), as, { fields: { scope: email } });
  }

  function call(method: keyof typeof routes, roomId: string, { body, headers, query = "", ...rest }: RoomCall = {}) {
    return callExternal(routes[method], {
      token,
      method,
      path: `/api/external/rooms/${roomId}${query}`,
      params: { roomId },
      ...(body === undefined
        ? { headers: headers ?? {} }
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers } }),
      ...rest,
    });
  }

  return {
    signInAs,
    call,
    /** Stores a room of the owner that the application made. */
    room: (overrides: Parameters<typeof createTestRoom>[1] = {}) =>
      createTestRoom(owner.id, { createdByApplicationId: client.id, ...overrides }),
    tagOf: async (roomId: string) => (await call("GET", roomId)).headers.etag ?? "",
    /** Known once the tests run. */
    who: () => ({ client, owner, token }),
  };
}

/** How calls that were made at once ended, in the order of their numbers. */
export function statuses(answers: Answer[]): number[] {
  return answers.map(({ status }) => status).sort();
}
