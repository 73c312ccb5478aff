import "server-only";

/** Whose password it is to be, and where: what somebody who guesses would try first. */
export type PasswordOwner = { email: string; name: string; publicUrl: string };

/** A password of fewer pieces than this can be guessed. A piece is a known word, a row of keys, a year, or one character. */
const PASSWORD_PIECES_MIN = 6;

const WORD_LENGTH_MIN = 3;

/** What the passwords are made of that leaks show again and again, in English and French, and what this product is called. */
const COMMON_WORDS = `vestibule
password passwort passw0rd pass word motdepasse mot passe secret login admin administrator administrateur root user
utilisateur guest test testing demo default changeme change temp letmein access welcome bienvenue hello bonjour salut
coucou hola ciao master monkey dragon shadow sunshine soleil princess princesse superman batman spiderman pokemon naruto
starwars football soccer baseball basketball hockey marseille liverpool chelsea arsenal barcelona juventus paris london
iloveyou loveyou jetaime love amour cheri cherie doudou loulou chouchou trustno trustno1 freedom whatever computer
ordinateur internet google facebook microsoft apple samsung windows android iphone server serveur service support company
entreprise office bureau portal portail summer winter spring autumn printemps automne hiver january february march april
june july august september october november december janvier fevrier mars avril juin juillet aout septembre octobre
novembre decembre monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi
dimanche michael jennifer jordan jessica charlie thomas nicolas alexandre daniel robert andrew ashley michelle matthew
hunter killer ranger cookie chocolat chocolate pepper ginger cheese banana orange flower fleur chicken tigger tiger lion
mustang ferrari porsche mercedes yamaha corvette harley maverick phoenix merlin diamond silver golden purple yellow
black white green blue azerty qwerty qwertz letmein1 zaq1zaq1 abc123 mynoob angel michel loveme
nothing family famille france canada america mexico germany england security securite private system manager boss god
`
  .split(/\s+/)
  .filter((word) => word !== "")
  .map((word) => [...word]);

/** Neighbours on the keyboards of both languages, and in the order of the alphabet. */
const ROWS = [
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "azertyuiop",
  "qsdfghjklm",
  "wxcvbn",
  "qwertzuiop",
  "yxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "1q2w3e4r5t6y7u8i9o0p",
  "1a2z3e4r5t6y7u8i9o0p",
  "!@#$%^&*()",
].flatMap((row) => [row + row, reverse(row + row)]);

/** What is written for a letter. */
const DISGUISES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "il",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

/**
 * Tells whether somebody would come upon a password by trying common ones, patterns of keys, and what they know of its
 * owner: it is made of fewer than six pieces, or of a few repeated (ASVS 5.0 sections 6.2.4 and 6.2.11).
 */
export function isGuessable(password: string, owner: PasswordOwner): boolean {
  const characters = [...password.normalize("NFKC").toLowerCase()];
  const period = findPeriod(characters);
  const words = [...COMMON_WORDS, ...wordsOf(owner)];
  const pieces = countPieces(characters.slice(0, period), words);
  return (period < characters.length ? pieces + 1 : pieces) < PASSWORD_PIECES_MIN;
}

/** The length of what is repeated, at least once in full; the whole length when nothing is. */
function findPeriod(characters: readonly string[]): number {
  for (let period = 1; period * 2 <= characters.length; period += 1) {
    if (characters.every((character, index) => index < period || character === characters[index - period]))
      return period;
  }
  return characters.length;
}

function wordsOf({ email, name, publicUrl }: PasswordOwner): string[][] {
  const { hostname } = new URL(publicUrl);
  const texts = [email, name, hostname].map((text) => text.normalize("NFKC").toLowerCase());
  const parts = texts.flatMap((text) => [
    text,
    text.replaceAll(/[^\p{L}\p{N}]/gu, ""),
    ...text.split(/[^\p{L}\p{N}]+/u),
  ]);
  return parts.filter((word) => word.length >= WORD_LENGTH_MIN).map((word) => [...word]);
}

/** The least number of pieces that a text can be put together from. */
function countPieces(text: readonly string[], words: readonly (readonly string[])[]): number {
  const least = [0];
  for (let end = 1; end <= text.length; end += 1) {
    const starts = [
      ...runStarts(text, end),
      ...words.filter((word) => endsWith(text, end, word)).map((word) => end - word.length),
    ];
    least[end] = 1 + Math.min(least[end - 1] ?? 0, ...starts.map((start) => least[start] ?? 0));
  }
  return least[text.length] ?? 0;
}

/** Where the rows of keys, repeated characters and years that end at `end` can begin. */
function runStarts(text: readonly string[], end: number): number[] {
  const starts: number[] = [];
  for (let start = end - WORD_LENGTH_MIN; start >= 0; start -= 1) {
    const part = text.slice(start, end).join("");
    const isRun = part === (text[start] ?? "").repeat(end - start) || ROWS.some((row) => row.includes(part));
    if (!isRun && !/^(?:19|20)\d\d$/.test(part)) {
      if (end - start > WORD_LENGTH_MIN) break;
      continue;
    }
    starts.push(start);
  }
  return starts;
}

function endsWith(text: readonly string[], end: number, word: readonly string[]): boolean {
  if (word.length > end) return false;
  return word.every((letter, index) => {
    const written = text[end - word.length + index] ?? "";
    return written === letter || (DISGUISES[written] ?? "").includes(letter);
  });
}

function reverse(text: string): string {
  return [...text].reverse().join("");
}
