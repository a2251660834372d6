import { SlipwayError } from "../src/error.ts";

/** The error that work ends with. Throws where there is none, or one that is not ours to tell. */
export async function failure(work: Promise<unknown>): Promise<SlipwayError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}
