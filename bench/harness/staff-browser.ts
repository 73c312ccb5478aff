import type { Vestibule } from "./vestibule";

/** What a page took, in milliseconds, and how much it was. */
type PageTimes = { firstByte: number; whole: number; bytes: number };

/** Somebody of the staff, signed in through the form's own route. */
export type StaffBrowser = { open(path: string): Promise<PageTimes> };

/** Signs in as the administrator. Rejects when the product does not let them in. */
export async function signIn({ origin, administrator }: Vestibule): Promise<StaffBrowser> {
  const jar = new Map<string, string>();
  const call = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(`${origin}${path}`, {
      redirect: "manual",
      ...init,
      headers: { cookie, ...init.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return answer;
  };

  const { csrfToken } = (await (await call("/api/auth/csrf")).json()) as { csrfToken: string };
  await call("/api/auth/callback/credentials", {
    method: "POST",
    headers: { origin },
    body: new URLSearchParams({ csrfToken, ...administrator }),
  });
  return {
    async open(path) {
      const begun = performance.now();
      const answer = await call(path, { headers: { accept: "text/html" } });
      const firstByte = performance.now() - begun;
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      return { firstByte, whole: performance.now() - begun, bytes: text.length };
    },
  };
}
