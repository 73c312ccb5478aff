import { OAuth2Client, OAuth2Fetch, OAuth2HttpError } from "@badgateway/oauth2-client";
import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const METHODS = ["client_secret_basic", "client_secret_basic_interop", "client_secret_post", undefined] as const;

for (const authenticationMethod of METHODS) {
  test(`@badgateway/oauth2-client: ${authenticationMethod ?? "what discovery names"} gets a token and uses it`, async () => {
    const rooms = `${baseURL}/api/external/rooms`;
    const method = authenticationMethod === undefined ? {} : { authenticationMethod };
    const oauth2 = new OAuth2Client({ server: baseURL, ...client("full"), ...method });
    const wrapper = new OAuth2Fetch({
      client: oauth2,
      getNewToken: () => oauth2.clientCredentials({ scope: ["ana@example.com", "rooms:create"], resource: rooms }),
      scheduleRefresh: false,
    });
    const token = await wrapper.getToken();
    expect(token).toMatchObject({ accessToken: expect.any(String), refreshToken: null, scope: ["rooms:create"] });
    expect((await wrapper.fetch(rooms, { method: "POST" })).status).toBe(201);
    expect((await wrapper.fetch(rooms)).status).toBe(403);
  });
}

for (const authenticationMethod of ["client_secret_basic", "client_secret_post"] as const) {
  test(`@badgateway/oauth2-client: a wrong secret by ${authenticationMethod} is its own error with our code`, async () => {
    const { clientId } = client("limited");
    const oauth2 = new OAuth2Client({ server: baseURL, clientId, clientSecret: "wrong", authenticationMethod });
    const thrown: unknown = await oauth2.clientCredentials({ scope: ["ana@example.com"] }).catch((error) => error);
    if (!(thrown instanceof OAuth2HttpError)) throw thrown;
    expect({ code: thrown.oauth2Code, status: thrown.httpCode, message: thrown.message }).toEqual({
      code: "invalid_client",
      status: 401,
      message: "OAuth2 error invalid_client. Invalid credentials",
    });
  });
}
