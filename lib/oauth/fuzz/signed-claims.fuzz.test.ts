import fc from "fast-check";
import { beforeAll, describe, expect } from "vitest";
import { createForge, SOUND_PAYLOAD } from "../testing/forge-token";
import { attemptAsync, fuzz } from "../testing/fuzz";
import { naiveIsSound } from "../testing/naive-access-token";
import { ALICE_ID, AUDIENCE, ISSUER, NOW_SECONDS } from "../testing/token-endpoint-doubles";

let forge: Awaited<ReturnType<typeof createForge>>;

beforeAll(async () => {
  forge = await createForge();
});

/** Around every limit a token has, on both sides of it. */
const time = fc.oneof(
  fc.integer({ min: -7, max: 7 }).map((delta) => NOW_SECONDS + delta),
  fc.integer({ min: 3593, max: 3607 }).map((delta) => NOW_SECONDS + delta),
  fc.integer({ min: 3593, max: 3607 }).map((delta) => NOW_SECONDS - delta),
  fc.constantFrom<unknown>(0, -1, 1.5, 1e308, 2 ** 53, String(NOW_SECONDS), null, true, [NOW_SECONDS]),
);
/** A token about to end or just ended, about to begin or just begun: these take two claims to say. */
const lifetime = fc
  .tuple(fc.integer({ min: -7, max: 7 }), fc.constantFrom(0, 1, 60, 3599, 3600, 3601), fc.boolean())
  .map(([delta, seconds, isEnding]) => {
    const iat = NOW_SECONDS + delta - (isEnding ? seconds : 0);
    return { iat, nbf: iat, exp: iat + seconds };
  });
const uuid = fc.constantFrom<unknown>(
  ALICE_ID,
  ALICE_ID.toUpperCase(),
  `${ALICE_ID} `,
  ALICE_ID.slice(1),
  "calendar",
  null,
  [ALICE_ID],
);
const anything = fc.jsonValue({ maxDepth: 1 });

const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  iss: fc.constantFrom<unknown>(ISSUER, `${ISSUER}/`, ISSUER.toUpperCase(), [ISSUER], ""),
  aud: fc.constantFrom<unknown>(AUDIENCE, [AUDIENCE], [AUDIENCE, "x"], [], [[AUDIENCE]], `${AUDIENCE}/`, {
    0: AUDIENCE,
    length: 1,
  }),
  sub: uuid,
  user_id: uuid,
  credential_id: uuid,
  client_id: fc.constantFrom<unknown>("calendar", "other", "", ["calendar"], null),
  act: fc.constantFrom<unknown>(
    { sub: "calendar" },
    { sub: "other" },
    {},
    { sub: "calendar", act: {} },
    ["calendar"],
    "calendar",
  ),
  iat: time,
  nbf: time,
  exp: time,
  jti: fc.oneof(
    fc.constantFrom<unknown>("a".repeat(21), "a".repeat(22), "a".repeat(128), "a".repeat(129), "é".repeat(30)),
    anything,
  ),
  scope: fc.constantFrom<unknown>(
    "",
    " ",
    "rooms:list",
    "rooms:list ",
    "a  b",
    'a"b',
    "a\\b",
    "é",
    ["rooms:list"],
    null,
  ),
  cv: fc.constantFrom<unknown>(0, 3, -1, 0.5, 2 ** 53 - 1, 2 ** 53, "3", null),
  delegated: fc.constantFrom<unknown>(true, false, "true", 1, null),
  cnf: fc.constantFrom<unknown>({ jkt: "x" }, null, ""),
};

const payloadChange = fc
  .constantFrom(...Object.keys(VALUES))
  .chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof({ weight: 5, arbitrary: VALUES[name] ?? anything }, { weight: 1, arbitrary: anything }),
      fc.nat(9),
    ),
  );
const headerChange = fc.oneof(
  fc.tuple(
    fc.constant("typ"),
    fc.constantFrom<unknown>("at+jwt", "AT+JWT", "Application/AT+jwt", "JWT", "application/jwt", "", null),
  ),
  fc.tuple(fc.constant("alg"), fc.constantFrom<unknown>("ES256", "es256", "none", "HS256", null)),
  fc.tuple(fc.constantFrom("kid", "crit", "jwk", "x"), anything),
);

describe("a token that our own key signed", () => {
  // Conformance: P04, P05, W05, W11, W12
  fuzz(
    "is good exactly when a second implementation finds each of its members right",
    fc.asyncProperty(
      fc.array(payloadChange, { maxLength: 3 }),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(headerChange, { maxLength: 2 }) },
      ),
      fc.option(lifetime),
      async (changes, headerChanges, times) => {
        const payload: Record<string, unknown> = { ...SOUND_PAYLOAD, ...times };
        for (const [name, value, choice] of changes) {
          if (choice === 0) delete payload[name];
          else payload[name] = value;
        }
        const header = { ...forge.header, ...Object.fromEntries(headerChanges) };
        const token = await forge.sign({
          header,
          payload: { ...Object.fromEntries(missingFrom(payload)), ...payload },
        });
        const outcome = await attemptAsync(() => forge.verify(token));
        if (naiveIsSound(header, payload, forge.jwk.kid)) {
          expect(outcome).toMatchObject({
            value: { subjectId: payload.sub, clientId: payload.client_id, tokenId: payload.jti },
          });
        } else expect(outcome).toMatchObject({ refused: { code: "invalid_token", status: 401 } });
      },
    ),
    { runs: 3000 },
  );
});

/** The claims that were taken out, so that the forge leaves them out as well. */
function missingFrom(payload: Record<string, unknown>): [string, undefined][] {
  return Object.keys(SOUND_PAYLOAD).flatMap((name): [string, undefined][] =>
    name in payload ? [] : [[name, undefined]],
  );
}
