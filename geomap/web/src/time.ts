// Event-local time as whole minutes since 1970-01-01T00:00 of the same wall clock. Nothing here asks the reader's
// clock, zone or locale: 00:05 on 13 September stays 00:05 on 13 September everywhere.

const HOUR = 60;
export const DAY = 24 * HOUR;
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** Days since 1970-01-01 -> civil date (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
export function civil(minutes: number): Civil {
  const days = Math.floor(minutes / DAY) + 719468;
  const era = Math.floor(days / 146097);
  const dayOfEra = days - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const ofDay = minutes - Math.floor(minutes / DAY) * DAY;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    hour: Math.floor(ofDay / HOUR),
    minute: ofDay % HOUR,
  };
}

/** Civil date -> minutes, the inverse of `civil`. */
export function minutesOf(year: number, month: number, day: number, hour = 0, minute = 0): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146097 + dayOfEra - 719468) * DAY + hour * HOUR + minute;
}

const ISO = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2}))?/;

/** Read an ISO date or local minute as written; null for anything else. The zone, if any, is not applied. */
export function parseIso(text: string | null | undefined): number | null {
  const parts = ISO.exec(text ?? "");
  if (!parts) return null;
  const [, year, month, day, hour, minute] = parts;
  return minutesOf(Number(year), Number(month), Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0));
}

const two = (value: number): string => String(value).padStart(2, "0");

export function isoDate(minutes: number): string {
  const { year, month, day } = civil(minutes);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** "13 Sep 2022" */
export function dayWords(minutes: number): string {
  const { year, month, day } = civil(minutes);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** "00:05" */
export function clockWords(minutes: number): string {
  const { hour, minute } = civil(minutes);
  return `${two(hour)}:${two(minute)}`;
}

/** "13 Sep 2022", and with its time of day where the text has one. */
export function isoWords(text: string | null | undefined): string | null {
  const minutes = parseIso(text);
  if (minutes === null) return text ?? null;
  return /[T ]\d{2}:\d{2}/.test(text!) ? `${dayWords(minutes)}, ${clockWords(minutes)}` : dayWords(minutes);
}

/** "UTC+4", "UTC+5:30", "UTC" */
export function offsetWords(offset: number): string {
  if (offset === 0) return "UTC";
  const size = Math.abs(offset);
  const minutes = size % HOUR ? `:${two(size % HOUR)}` : "";
  return `UTC${offset < 0 ? "−" : "+"}${Math.floor(size / HOUR)}${minutes}`;
}

/** "12–14 Sep 2022", "28 Sep – 2 Oct 2022", "30 Dec 2021 – 2 Jan 2022" */
export function rangeWords(start: number, end: number): string {
  const a = civil(start);
  const b = civil(end);
  if (isoDate(start) === isoDate(end)) return dayWords(start);
  if (a.year !== b.year) return `${dayWords(start)} – ${dayWords(end)}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month - 1]} – ${dayWords(end)}`;
  return `${a.day}–${dayWords(end)}`;
}

export interface When {
  start: number | null;
  end: number | null;
  utc_offset: number | null;
  date_precision: string | null;
  time_precision: string | null;
  time_text: string | null;
}

/** The time of an event in words: "13 Sep 2022, about 00:05 (UTC+4)". */
export function whenWords(when: When): string {
  const { start, utc_offset: offset } = when;
  if (start === null) return when.time_text ?? "date not stated";
  const end = when.end ?? start;
  const zone = offset === null || isWholeDays(when) ? "" : ` (${offsetWords(offset)})`;
  return `${bareWhen(when, start, end)}${zone}`;
}

const isWholeDays = (when: When): boolean => (when.time_precision ?? "none") === "none";

function bareWhen(when: When, start: number, end: number): string {
  if (isWholeDays(when)) return dateWords(when.date_precision, start, end);
  if (when.time_precision === "part_of_day") return `${rangeWords(start, end)}, ${partOfDay(when.time_text)}`;
  return clockRange(when.time_precision === "about" ? "about " : "", start, end);
}

const PARTS = /\b(night|morning|midday|noon|afternoon|evening|dawn|dusk)\b/i;

/** The part of the day that the report's own words name; the words themselves stand on the card. */
const partOfDay = (text: string | null): string => PARTS.exec(text ?? "")?.[0].toLowerCase() ?? "part of the day";

function dateWords(precision: string | null, start: number, end: number): string {
  const { year, month } = civil(start);
  if (precision === "year") return String(year);
  if (precision === "month") return `${MONTHS[month - 1]} ${year}`;
  if (precision === "week") return `week of ${dayWords(start)}`;
  return rangeWords(start, end);
}

function clockRange(about: string, start: number, end: number): string {
  const first = `${dayWords(start)}, ${about}${clockWords(start)}`;
  if (start === end) return first;
  if (isoDate(start) === isoDate(end)) return `${first} to ${clockWords(end)}`;
  return `${first} to ${dayWords(end)}, ${clockWords(end)}`;
}
