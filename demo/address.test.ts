import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "@jest/globals";
import { claimAddress } from "./address.ts";

it("gives every demo an address of its own, where the app's ports are free", async () => {
  const first = await claimAddress([30_311]);
  const stranger = createServer().listen(30_312, first.address);
  await once(stranger, "listening");
  const second = await claimAddress([30_311, 30_312]);
  first.release();
  const third = await claimAddress([30_312]);
  try {
    const all = [first, second, third].map(({ address }) => address);
    expect(new Set(all).size).toBe(3);
  } finally {
    stranger.close();
    second.release();
    third.release();
  }
});
