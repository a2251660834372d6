import shared from "../../jest.config.js";

/** Tests of the engines' own parts, and tests that need engines: these are run by run-files.ts. */
export default {
  ...shared,
  rootDir: "../..",
  testMatch: ["<rootDir>/test/{engines,scenarios}/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
