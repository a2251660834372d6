/**
 * Reads a service's settings from the environment, all of them before anything starts, so that a wrong one ends the process with a
 * sentence instead of failing some request later.
 */
export class Config {
  #env;
  #problems = [];

  constructor(env) {
    this.#env = env;
  }

  text(name, byDefault) {
    const value = this.#env[name] ?? byDefault;
    if (value === undefined || value === "") this.#problems.push(`${name} is not set`);
    return value ?? "";
  }

  integer(name, { min, max, byDefault }) {
    const text = this.#env[name] ?? String(byDefault);
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    this.#problems.push(`${name} must be a whole number from ${min} to ${max}: got "${text}"`);
    return byDefault;
  }

  secret(name, minimumLength) {
    const value = this.#env[name] ?? "";
    if (value.length < minimumLength) this.#problems.push(`${name} must have at least ${minimumLength} characters`);
    return value;
  }

  /** Throws one error that names everything that is wrong. */
  check() {
    if (this.#problems.length > 0) throw new Error(`Cannot start: ${this.#problems.join("; ")}`);
  }
}

/** What both services need to know. */
export function commonConfig(config, { port }) {
  return {
    host: config.text("HOST", "0.0.0.0"),
    port: config.integer("PORT", { min: 0, max: 65_535, byDefault: port }),
    version: config.text("VERSION", "dev"),
    jwtSecret: config.secret("JWT_SECRET", 32),
  };
}
