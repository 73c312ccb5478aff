import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { foreignClient, readClientJson, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

/**
 * What programs are written with that know HTTP and no more. Each makes four rooms, two at each of the two paths:
 * without a body, which all of them call a form, and then as they are asked to.
 */
const CLIENTS = [
  ["Ruby's oauth2", "oauth2_rooms.rb", "with no body, whether it names the form type itself or not"],
  ["PHP's curl", "curl_rooms.php", "with no body called a form, and with JSON"],
  ["Perl's LWP", "lwp_rooms.pl", "with no body called a form, and with JSON"],
  ["wget", "wget_rooms.sh", "with no body called a form, and with JSON"],
] as const;

function run(command: string, script: string, { clientId, clientSecret } = client("full")) {
  return readClientJson(command, [`e2e/interop/clients/${script}`], {
    BASE_URL: baseUrl(),
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
  });
}

for (const [name, script, how] of CLIENTS) {
  const { command, missing } = foreignClient(name);
  test(`${name}: gets a token and makes rooms at both paths ${how}`, async () => {
    skipIfMissing(missing);
    expect(await run(command, script)).toEqual({ scope: "rooms:create", created: [201, 201, 201, 201] });
  });
}

test("Ruby's oauth2: a wrong secret raises its error with our code", async () => {
  const { command, missing } = foreignClient("Ruby's oauth2");
  skipIfMissing(missing);
  expect(await run(command, "oauth2_rooms.rb", { ...client("unscoped"), clientSecret: "wrong" })).toEqual({
    error: "invalid_client",
    description: "Invalid credentials",
  });
});
