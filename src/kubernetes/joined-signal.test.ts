import { expect, it } from "@jest/globals";
import { joinedWith } from "./joined-signal.ts";

it("gives a signal that aborts with either of the two, always the same one", () => {
  for (const aborted of ["outer", "inner"] as const) {
    const controllers = { outer: new AbortController(), inner: new AbortController() };
    const join = joinedWith(controllers.outer.signal);
    const joined = join(controllers.inner.signal);
    expect(join(controllers.inner.signal)).toBe(joined);
    controllers[aborted].abort(new Error(aborted));
    expect(joined.reason).toEqual(new Error(aborted));
  }
});

it("is the outer signal where there is no other", () => {
  const { signal } = new AbortController();
  expect([undefined, signal].map(joinedWith(signal))).toEqual([signal, signal]);
});
