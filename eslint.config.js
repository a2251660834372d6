import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/** Modules that may talk to the world. Everything else is handed its effects, so that it can be read and tested alone. */
const ioModules = [
  "src/*/main.ts",
  "src/runner/**",
  "src/github/client.ts",
  "src/http-exchange.ts",
  "src/kubernetes/client.ts",
  "src/registry/**",
  "src/smoke-test/probe.ts",
  "src/**/*.test.ts",
];

const io = ["http", "https", "http2", "tls", "dgram", "dns", "child_process", "cluster"];
const ioImports = io.flatMap((name) => [name, `node:${name}`]);

export default tseslint.config(
  { ignores: ["actions/*/dist/", "node_modules/", "lib/", "coverage/", "sandbox/kubernetes/data/", "test/data/"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.js"] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Taking a property out of an object by destructuring the rest.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Use a union of strings." },
        { selector: "Property[key.name='shell'][value.value=true]", message: "No shell: pass an argument array." },
      ],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(node:)?child_process$",
              importNames: ["exec", "execSync"],
              message: "No shell: use execFile or spawn.",
            },
          ],
        },
      ],
      eqeqeq: "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ioModules,
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: ioImports.map((name) => ({
            name,
            message: "Take the effect as a port: only main.ts and the client modules do I/O.",
          })),
          patterns: [
            { group: ["@actions/*", "**/node_modules/@actions/**"], message: "Only src/runner imports @actions/*." },
            { group: ["**/sandbox/**", "**/test/**"], message: "What ships does not import the sandbox or the tests." },
          ],
        },
      ],
      "no-restricted-globals": ["error", { name: "fetch", message: "Take the effect as a port." }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only src/runner reads the environment." },
      ],
    },
  },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.test.ts"], rules: { "@typescript-eslint/no-floating-promises": "off" } },
  prettier,
);
