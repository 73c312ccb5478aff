const HASH_SHAPES: readonly RegExp[] = [
  // PHC strings and Unix crypt(3): $argon2id$…, $2b$…, $6$…, $y$…, $pbkdf2-sha256$…, $P$ (phpass), $sha1$…,
  // $md5,rounds=…$
  /^\$[A-Za-z0-9][A-Za-z0-9_,=-]*\$/,
  // Django (hasher$…) and Werkzeug (method:parameters$…)
  /^(pbkdf2|argon2|bcrypt|scrypt|unsalted|md5|sha1|sha256|sha512|crypt)[A-Za-z0-9_]*(:[A-Za-z0-9_.:-]+)?\$/i,
  /^pbkdf2[_:-]/i,
  // LDAP (RFC 2307) and Spring Security: {SSHA}…, {CRYPT}…, {bcrypt}…
  /^\{(s?sha\d*|s?md5|crypt|pbkdf2[\w-]*|argon2\w*|bcrypt|scrypt|x-[\w-]+)\}/i,
  // PostgreSQL roles
  /^SCRAM-SHA-\d+\$/,
  /^md5[0-9a-f]{32}$/,
];

/**
 * True for anything shaped like a stored password hash: PHC, crypt, bcrypt, Django, Werkzeug, LDAP, PostgreSQL.
 * Used to refuse such values where a plain secret is expected: to store one as given would let a stolen or chosen
 * hash become a credential, to hash it again would lock its owner out. Errs on the side of refusing.
 */
export function looksLikeHash(value: string): boolean {
  const text = value.trim();
  return HASH_SHAPES.some((shape) => shape.test(text));
}
