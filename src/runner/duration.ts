const grammar = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Milliseconds of `90s`, `10m`, `1h30m` or `500ms`; undefined for anything else. Units go from large to small, each at most once. */
export function parseDuration(text: string): number | undefined {
  const match = grammar.exec(text);
  if (text === "" || !match) return undefined;
  const [hours, minutes, seconds, milliseconds] = match
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + (milliseconds ?? 0);
}

/** How a person reads a duration of `ms` milliseconds: "850 ms", "3.2 s", "42 s", "1 min 12 s", "2 h 5 min". */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return joined(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

// Called with two counts and their units, largest first; a zero rest is left out.
function joined(...[count, unit, rest, restUnit]: [number, string, number, string]): string {
  return rest === 0 ? `${count} ${unit}` : `${count} ${unit} ${rest} ${restUnit}`;
}
