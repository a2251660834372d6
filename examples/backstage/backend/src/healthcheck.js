// For Docker's HEALTHCHECK, in an image that has no curl. Kubernetes asks GET /health itself.
const { HOST = "0.0.0.0", PORT = "3000" } = process.env;
const address = HOST === "0.0.0.0" ? "127.0.0.1" : HOST;
const answer = await fetch(`http://${address}:${PORT}/health`, { signal: AbortSignal.timeout(1500) });
process.exitCode = answer.ok ? 0 : 1;
