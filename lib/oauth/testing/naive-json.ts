// A second opinion for the property tests: RFC 8259 as a recursive descent, with the unique names of RFC 7493 §2.3.

/** Thrown inside this file for everything that is not JSON or names a member twice. */
class Refusal extends Error {}

/** The object that `text` is, as a Map of its members; `undefined` for anything else. */
export function naiveJsonObject(text: string): Map<string, unknown> | undefined {
  const reader = new Reader(text);
  try {
    reader.skipSpace();
    const members = reader.readMembers();
    reader.skipSpace();
    return reader.isAtEnd() ? new Map(members) : undefined;
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  skipSpace(): void {
    while (!this.isAtEnd() && " \t\n\r".includes(this.peek())) this.at += 1;
  }

  readMembers(): [string, unknown][] {
    const members: [string, unknown][] = [];
    this.readSequence("{", "}", () => {
      const name = this.readString();
      if (members.some(([known]) => known === name)) throw new Refusal();
      this.skipSpace();
      this.take(":");
      members.push([name, this.readValue()]);
    });
    return members;
  }

  private readValue(): unknown {
    this.skipSpace();
    const value = this.readBareValue();
    this.skipSpace();
    return value;
  }

  private readBareValue(): unknown {
    const next = this.peek();
    if (next === "{") return Object.fromEntries(this.readMembers());
    if (next === '"') return this.readString();
    if (next === "[") {
      const items: unknown[] = [];
      this.readSequence("[", "]", () => items.push(this.readValue()));
      return items;
    }
    for (const [word, value] of [
      ["true", true],
      ["false", false],
      ["null", null],
    ] as const) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.readNumber();
  }

  private readSequence(open: string, close: string, readItem: () => void): void {
    this.take(open);
    this.skipSpace();
    if (this.peek() !== close) {
      readItem();
      this.skipSpace();
      while (this.peek() === ",") {
        this.take(",");
        this.skipSpace();
        readItem();
        this.skipSpace();
      }
    }
    this.take(close);
  }

  private readString(): string {
    this.take('"');
    let value = "";
    for (let next = this.next(); next !== '"'; next = this.next()) {
      if (next < " ") throw new Refusal();
      value += next === "\\" ? this.readEscape() : next;
    }
    return value;
  }

  private readEscape(): string {
    const letter = this.next();
    const plain = '"\\/bfnrt'.indexOf(letter);
    if (plain >= 0) return '"\\/\b\f\n\r\t'.charAt(plain);
    if (letter !== "u") throw new Refusal();
    let code = 0;
    for (let digit = 0; digit < 4; digit += 1) {
      const value = "0123456789abcdef".indexOf(this.next().toLowerCase());
      if (value < 0) throw new Refusal();
      code = code * 16 + value;
    }
    return String.fromCharCode(code);
  }

  private readNumber(): number {
    const start = this.at;
    if (this.peek() === "-") this.at += 1;
    if (this.peek() === "0") this.at += 1;
    else this.readDigits();
    if (this.peek() === ".") {
      this.at += 1;
      this.readDigits();
    }
    if (this.peek() === "e" || this.peek() === "E") {
      this.at += 1;
      if (this.peek() === "+" || this.peek() === "-") this.at += 1;
      this.readDigits();
    }
    return Number(this.text.slice(start, this.at));
  }

  private readDigits(): void {
    const start = this.at;
    while (this.peek() >= "0" && this.peek() <= "9") this.at += 1;
    if (this.at === start) throw new Refusal();
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }

  private next(): string {
    if (this.isAtEnd()) throw new Refusal();
    this.at += 1;
    return this.text.charAt(this.at - 1);
  }

  private take(expected: string): void {
    if (this.next() !== expected) throw new Refusal();
  }
}
