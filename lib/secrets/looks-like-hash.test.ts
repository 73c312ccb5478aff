import { describe, expect, it } from "vitest";
import { looksLikeHash } from "./looks-like-hash";
import { hashSecret } from "./password-hash";
import { createSecretFormat } from "./secret-format";

describe("looksLikeHash", () => {
  it("knows what hashSecret makes", async () => {
    expect(looksLikeHash(await hashSecret("correct horse"))).toBe(true);
  });

  it.each([
    ["Argon2i", "$argon2i$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"],
    ["Argon2 without its output", "$argon2id$v=19$m=19456,t=2,p=1$"],
    ["bcrypt 2b", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"],
    ["bcrypt 2y", "$2y$10$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"],
    ["MD5 crypt", "$1$salt$qJH7.N4xYta3aEG/dfqo/0"],
    ["Apache MD5", "$apr1$salt$xxj3A0sVX2ubBCU1VPVFC0"],
    ["SHA-256 crypt", "$5$rounds=5000$salt$hash"],
    ["SHA-512 crypt", "$6$salt$hash"],
    ["yescrypt", "$y$j9T$salt$hash"],
    ["Solaris MD5", "$md5,rounds=904$salt$hash"],
    ["scrypt PHC", "$scrypt$ln=17,r=8,p=1$c2FsdA$aGFzaA"],
    ["PBKDF2 of passlib", "$pbkdf2-sha256$29000$salt$hash"],
    ["phpass", "$P$BhKi3bmDCdNDSmnZLvW5bGJWrLmLuf1"],
    ["Django PBKDF2", "pbkdf2_sha256$870000$salt$aGFzaA=="],
    ["Django Argon2", "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA"],
    ["Django bcrypt", "bcrypt_sha256$$2b$12$hash"],
    ["Django unsalted MD5", "unsalted_md5$5f4dcc3b5aa765d61d8327deb882cf99"],
    ["Django SHA-1", "sha1$salt$hash"],
    ["Werkzeug PBKDF2", "pbkdf2:sha256:260000$salt$hash"],
    ["Werkzeug scrypt", "scrypt:32768:8:1$salt$hash"],
    ["LDAP SSHA", "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="],
    ["LDAP SSHA-512", "{SSHA512}W6ph5Mm5Pz8GgiULbPgzG37mj9g="],
    ["LDAP crypt", "{CRYPT}$6$salt$hash"],
    ["Spring bcrypt", "{bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe"],
    ["PostgreSQL SCRAM", "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"],
    ["PostgreSQL MD5", "md58ca9ba6b5a1ed3ff5ba8a8eb5a8f8e3b"],
    ["a hash with spaces around it", "  $2b$12$R9h/cIPz0gi.URNNX3kh2O "],
  ])("knows %s", (_title, value) => {
    expect(looksLikeHash(value)).toBe(true);
  });

  it.each([
    [
      "a client secret",
      createSecretFormat({ prefix: "vst", masterKeys: [{ kid: "a", key: new Uint8Array(32) }] }).generate("c"),
    ],
    ["a passphrase", "correct horse battery staple"],
    ["a password with one dollar sign", "$ecret-of-the-house"],
    ["dollar signs in the middle", "pa$$word$1"],
    ["dollar signs alone", "$$$"],
    ["a price", "$100 or $200"],
    ["braces", "{curly} password"],
    ["a hexadecimal password", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["the name of an algorithm", "bcrypt is my favourite"],
    ["nothing", ""],
  ])("lets %s through", (_title, value) => {
    expect(looksLikeHash(value)).toBe(false);
  });

  it("answers at once for a hostile long value", () => {
    expect(looksLikeHash(`$${"a".repeat(1_000_000)}`)).toBe(false);
  });
});
