/** What a date is written with: Moment's tokens, since that is what metadata-action's users know. */
const token =
  /\[([^\]]*)\]|Y{4}|YY|Q|M{1,4}|Do|D{1,4}|d{1,4}|E|e|GGGG|GG|gggg|gg|WW|W|ww|w|HH?|hh?|kk?|mm?|ss?|S{1,3}|A|a|ZZ?|X|x|[A-Za-z]/g;

const months = "January February March April May June July August September October November December".split(" ");
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const dayMs = 86_400_000;

/**
 * Writes a moment in a time zone of the IANA database, such as `formatDate(date, "YYYYMMDD-HHmmss", "Asia/Tokyo")`.
 * @throws Error for a zone that does not exist, and for the few tokens of Moment that are not known here.
 */
export function formatDate(date: Date, format: string, zone: string): string {
  const local = localTime(date, zone);
  return format.replace(token, (match, literal: string | undefined) => literal ?? write(match, { date, local }));
}

/** The wall clock of the zone, as if it were UTC: then the calendar can be asked without thinking of zones. */
function localTime(date: Date, zone: string): Date {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(date);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const ms = date.getUTCMilliseconds();
  return new Date(
    Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"), value("second"), ms),
  );
}

function write(match: string, { date, local }: { readonly date: Date; readonly local: Date }): string {
  const pad = (value: number, width: number): string => String(value).padStart(width, "0");
  const [year, month, day, weekday] = [
    local.getUTCFullYear(),
    local.getUTCMonth(),
    local.getUTCDate(),
    local.getUTCDay(),
  ];
  const hour = local.getUTCHours();
  const dayOfYear = Math.round((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / dayMs) + 1;
  switch (match) {
    case "YYYY":
      return pad(year, 4);
    case "YY":
      return pad(year % 100, 2);
    case "Q":
      return String(Math.floor(month / 3) + 1);
    case "MMMM":
      return months[month] ?? "";
    case "MMM":
      return (months[month] ?? "").slice(0, 3);
    case "MM":
    case "M":
      return pad(month + 1, match.length);
    case "DDDD":
      return pad(dayOfYear, 3);
    case "DDD":
      return String(dayOfYear);
    case "Do":
      return ordinal(day);
    case "DD":
    case "D":
      return pad(day, match.length);
    case "dddd":
      return days[weekday] ?? "";
    case "ddd":
      return (days[weekday] ?? "").slice(0, 3);
    case "dd":
      return (days[weekday] ?? "").slice(0, 2);
    case "d":
    case "e":
      return String(weekday);
    case "E":
      return String(weekday || 7);
    case "GGGG":
    case "GG":
      return pad(week(local, iso).year % 10 ** match.length, match.length);
    case "gggg":
    case "gg":
      return pad(week(local, american).year % 10 ** match.length, match.length);
    case "WW":
    case "W":
      return pad(week(local, iso).week, match.length);
    case "ww":
    case "w":
      return pad(week(local, american).week, match.length);
    case "HH":
    case "H":
      return pad(hour, match.length);
    case "hh":
    case "h":
      return pad(hour % 12 || 12, match.length);
    case "kk":
    case "k":
      return pad(hour || 24, match.length);
    case "mm":
    case "m":
      return pad(local.getUTCMinutes(), match.length);
    case "ss":
    case "s":
      return pad(local.getUTCSeconds(), match.length);
    case "SSS":
    case "SS":
    case "S":
      return pad(local.getUTCMilliseconds(), 3).slice(0, match.length);
    case "A":
      return hour < 12 ? "AM" : "PM";
    case "a":
      return hour < 12 ? "am" : "pm";
    case "ZZ":
    case "Z":
      return offset(Math.round((local.getTime() - date.getTime()) / 60_000), match === "Z" ? ":" : "");
    case "X":
      return String(Math.floor(date.getTime() / 1000));
    case "x":
      return String(date.getTime());
    default:
      if (/[LlNyzo]/.test(match)) throw new Error(`the date format has "${match}", which is not known here`);
      return match;
  }
}

/** How weeks are counted: the day they begin with, and the day of January that is always in the first. */
interface Weeks {
  readonly begin: number;
  readonly first: number;
}
const iso: Weeks = { begin: 1, first: 4 };
const american: Weeks = { begin: 0, first: 1 };

function week(local: Date, weeks: Weeks): { readonly week: number; readonly year: number } {
  const today = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  const startOf = (year: number): number => {
    const pivot = new Date(Date.UTC(year, 0, weeks.first));
    return pivot.getTime() - ((pivot.getUTCDay() - weeks.begin + 7) % 7) * dayMs;
  };
  const calendarYear = local.getUTCFullYear();
  const year = [calendarYear + 1, calendarYear].find((candidate) => startOf(candidate) <= today) ?? calendarYear - 1;
  return { year, week: Math.floor((today - startOf(year)) / (7 * dayMs)) + 1 };
}

function ordinal(day: number): string {
  const suffix = day % 100 >= 11 && day % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${suffix}`;
}

function offset(minutes: number, separator: string): string {
  const pad = (value: number): string => String(value).padStart(2, "0");
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(absolute / 60))}${separator}${pad(absolute % 60)}`;
}
