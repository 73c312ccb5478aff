// Prints fresh keys as lines for a .env file. Each run makes new ones.
import { randomBytes } from "node:crypto";
import { generateSigningKey } from "@/lib/oauth/jose/signing-key";

console.log(`MASTER_KEY=1:${randomBytes(32).toString("base64url")}`);
console.log(`AUTH_SECRET=${randomBytes(32).toString("base64url")}`);
console.log(`TOKEN_SIGNING_KEYS='${JSON.stringify({ keys: [await generateSigningKey()] })}'`);
