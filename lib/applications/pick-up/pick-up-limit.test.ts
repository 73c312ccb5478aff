import { describe, expect, it } from "vitest";
import { createPickUpLimit, PICK_UPS_MAX, WIDE_PICK_UPS_MAX } from "./pick-up-limit";

describe("what anybody may ask without an account", () => {
  it("is counted by network, and refused beyond the limit", async () => {
    const limit = createPickUpLimit();
    for (let time = 0; time < PICK_UPS_MAX; time += 1) await limit.count("192.0.2.7");
    await expect(limit.count("192.0.2.7")).rejects.toMatchObject({ reason: "pick_up_throttled" });
    await expect(limit.count("192.0.2.8")).resolves.toBeUndefined();
  });

  it("is counted for a whole /48 too, whose owner has 65,536 networks", async () => {
    const limit = createPickUpLimit();
    for (let time = 0; time < WIDE_PICK_UPS_MAX; time += 1) await limit.count(`2001:db8:1:${time.toString(16)}::1`);
    await expect(limit.count("2001:db8:1:ffff::1")).rejects.toMatchObject({ reason: "pick_up_throttled" });
    await expect(limit.count("2001:db8:2::1")).resolves.toBeUndefined();
  });
});
