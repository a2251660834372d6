export const none = "<none>";

export function orNone(text: string | undefined): string {
  return text === undefined || text === "" ? none : text;
}

/** How long ago this was, as Kubernetes prints it. */
export function age(time: string | undefined): string {
  return time === undefined ? "<unknown>" : span(Date.now() - Date.parse(time));
}

/** duration.HumanDuration: two or three significant figures: "42s", "2m13s", "5h7m", "3d4h", "2y10d". */
export function span(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return two(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return two(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return two(days, "d", hours % 24, "h");
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  return days < 2920 ? two(years, "y", days % 365, "d") : `${years}y`;
}

function two(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;
}
