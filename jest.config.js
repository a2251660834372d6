/** Tests run on the TypeScript sources as ES modules; what users get is tested by running the built bundles as processes. */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2024", parser: { syntax: "typescript" } } }] },
  testMatch: ["<rootDir>/{src,sandbox,test,examples,demo}/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/engines/"],
  modulePathIgnorePatterns: ["<rootDir>/actions/.*/dist"],
  testTimeout: 60_000,
  // Of two processors: much of it is waiting.
  maxWorkers: 3,
};
