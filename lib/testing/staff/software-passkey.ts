import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { AddPasskey, PasskeyAnswer } from "@/lib/staff/second-factor/passkeys/passkey.schema";

type Where = { origin: string; rpId: string };

export const HERE: Where = { origin: "http://localhost:3000", rpId: "localhost" };

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const encode = (data: Uint8Array) => Buffer.from(data).toString("base64url");

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/**
 * A passkey that does what it is told, right or wrong: which origin, which host, which challenge and which counter it
 * signs. It is ES256, without attestation, as most are.
 */
export class SoftwarePasskey {
  readonly credentialId = randomBytes(32);
  private readonly keys = generateKeyPairSync("ec", { namedCurve: "P-256" });

  get id(): string {
    return encode(this.credentialId);
  }

  /** What a browser sends after it has made this passkey. */
  register(challenge: string, { origin, rpId }: Where = HERE, counter = 0): AddPasskey["registration"] {
    const { x = "", y = "" } = this.keys.publicKey.export({ format: "jwk" });
    const coordinate = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
    const cose = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, coordinate(x)],
        [-3, coordinate(y)],
      ]) as never,
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.credentialId, cose]);
    const authData = Buffer.concat([header(rpId, PRESENT | VERIFIED | ATTESTED, counter), attested]);
    const attestationObject = isoCBOR.encode(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)],
      ]) as never,
    );
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: clientData("webauthn.create", challenge, origin),
        attestationObject: encode(attestationObject),
        transports: ["internal"],
      },
    };
  }

  /** What a browser sends after this passkey has signed. `as` lets it claim to be another one. */
  answer(
    challenge: string,
    { origin = HERE.origin, rpId = HERE.rpId, counter = 0, type = "webauthn.get", as = this.id } = {},
  ): PasskeyAnswer {
    const authenticatorData = header(rpId, PRESENT | VERIFIED, counter);
    const clientDataJSON = clientData(type, challenge, origin);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = sign("sha256", signed, this.keys.privateKey);
    return {
      id: as,
      rawId: as,
      type: "public-key",
      response: { clientDataJSON, authenticatorData: encode(authenticatorData), signature: encode(signature) },
    };
  }
}

function header(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), count]);
}

function clientData(type: string, challenge: string, origin: string): string {
  return encode(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })));
}
