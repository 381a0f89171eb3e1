/** Days as ISO 8601 numbers them: Monday is 1, Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One span of a weekday during which a place is open, in the place's own time. */
export interface OpeningHours {
  readonly weekday: Weekday;
  /** Minutes after midnight. */
  readonly fromMinute: number;
  /** Minutes after midnight, above `fromMinute`; 1,440 is the end of the day. */
  readonly toMinute: number;
}

/** A place that opens rarely; whoever opens less often than every two weeks is closed for this purpose. */
const LOOK_AHEAD_DAYS = 14;
const MINUTE_MS = 60_000;

/**
 * When work of so many minutes is done by people who work only while the place is open. Null when it never opens. A place that tells
 * no hours is open always.
 */
export function doneBy(
  work: { readonly from: Date; readonly minutes: number },
  place: { readonly openingHours: readonly OpeningHours[]; readonly timeZone: string },
): Date | null {
  const { openingHours, timeZone } = place;
  if (openingHours.length === 0) return new Date(work.from.getTime() + work.minutes * MINUTE_MS);
  let leftMs = work.minutes * MINUTE_MS;
  const today = localDay(work.from, timeZone);
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead += 1) {
    const day = new Date(today.getTime() + ahead * 24 * 60 * MINUTE_MS);
    const weekday = (day.getUTCDay() || 7) as Weekday;
    const spans = openingHours
      .filter((span) => span.weekday === weekday)
      .toSorted((left, right) => left.fromMinute - right.fromMinute);
    for (const { fromMinute, toMinute } of spans) {
      const opensAt = Math.max(instantOf(day, fromMinute, timeZone), work.from.getTime());
      const closesAt = instantOf(day, toMinute, timeZone);
      if (closesAt <= opensAt) continue;
      if (opensAt + leftMs <= closesAt) return new Date(opensAt + leftMs);
      leftMs -= closesAt - opensAt;
    }
  }
  return null;
}

/** `08:30` for 510; the end of the day is `24:00`. */
export function clockTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.trunc(minute / 60))}:${two(minute % 60)}`;
}

/** 510 for `08:30`. */
export function minuteOf(clockTime: string): number {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The calendar day of an instant in a zone, as midnight UTC of that day. */
function localDay(at: Date, timeZone: string): Date {
  const local = new Date(at.getTime() + offsetMs(at.getTime(), timeZone));
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()));
}

/** The instant of a minute of a local day. A minute that the clocks skip counts as the one they jump to. */
function instantOf(day: Date, minute: number, timeZone: string): number {
  const wall = day.getTime() + minute * MINUTE_MS;
  const guess = wall - offsetMs(wall, timeZone);
  return wall - offsetMs(guess, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC at an instant. */
function offsetMs(atMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall - Math.trunc(atMs / 1_000) * 1_000;
}
