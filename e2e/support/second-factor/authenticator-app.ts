import { TOTP } from "otpauth";

const STEP_MS = 30_000;

/**
 * An authenticator app that knows one key. No code of it is good twice, and the one before and after are taken as well: it
 * shows the code of now, of the next step, and then waits for nobody.
 */
export class AuthenticatorApp {
  private readonly totp: TOTP;
  private lastStep = 0;

  constructor(key: string) {
    this.totp = new TOTP({ secret: key.replaceAll(" ", "") });
  }

  /** A code that was not shown before: of now, or of the next step, which is taken too. */
  async nextCode(): Promise<string> {
    let step = Math.max(Math.floor(Date.now() / STEP_MS), this.lastStep + 1);
    while (step > Math.floor(Date.now() / STEP_MS) + 1) {
      // A third code within a minute: there is none yet that would be taken.
      await new Promise((resolve) => setTimeout(resolve, 500));
      step = Math.max(Math.floor(Date.now() / STEP_MS), this.lastStep + 1);
    }
    this.lastStep = step;
    return this.totp.generate({ timestamp: step * STEP_MS });
  }
}
