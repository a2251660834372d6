/** Words of registries and of the network that tell of a failure which passes by itself. They go first: a 503 may also say "denied". */
const passing =
  /\b(429|too ?many ?requests|timeout|timed out|deadline exceeded|connection re(fused|set)|broken pipe|unexpected eof|eof|server misbehaving|tls handshake|temporar|unavailable|bad gateway|internal server error|status code[^:]*: 5\d\d|5\d\d status|unexpected status[^:]*: 5\d\d)\b/i;

/** Words that mean no: pulling again gives the same answer until somebody changes something. */
const final =
  /\b(not found|manifest unknown|name unknown|does not exist|unauthorized|authentication required|authorization failed|no basic auth credentials|insufficient.scope|denied|forbidden|401|403|404|no match for platform|invalid reference|x509|HTTP response to HTTPS client)\b/i;

/** A name that nobody knows is most often mistyped, but name servers have bad moments too. */
const doubtful = /\bno such host\b/i;

/** Words that mean: not without the right credentials. */
const refusal =
  /\b(unauthorized|authentication required|authorization|no basic auth credentials|insufficient.scope|denied|forbidden|401|403)\b/i;

/**
 * Whether pulling the image can still succeed without anybody doing anything: `final` says no, `doubtful` hardly. The words stand in text that also names the image, and an
 * image may be called `timeout`, so names are left out first.
 */
export function weighPullError(message: string): "final" | "doubtful" | "passing" {
  const words = withoutNames(message);
  if (passing.test(words)) return "passing";
  if (doubtful.test(words)) return "doubtful";
  return final.test(words) ? "final" : "passing";
}

/** Whether the registry wants other credentials than it was shown. */
export function isRefusedPull(message: string): boolean {
  return refusal.test(withoutNames(message));
}

function withoutNames(message: string): string {
  return message.replace(/"[^"]*"|[^\s"]*[/@][^\s"]*/g, (name) => (/^i\/o$/i.test(name) ? name : " "));
}
