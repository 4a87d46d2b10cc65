/** How numbers and times are written: grouped digits, a zone with each time, a dash where there is nothing. */
export const NONE = '–';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const some = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

export const count = (n: number | null | undefined): string => (n == null || !Number.isFinite(n) ? NONE : whole.format(n));
export const decimal = (n: number | null | undefined): string => (n == null || !Number.isFinite(n) ? NONE : some.format(n));
/** Floored, so that 99.998 % never reads 100 %. */
export const percent = (n: number | null | undefined): string =>
  n == null || !Number.isFinite(n) ? NONE : `${(Math.floor(n * 100) / 100).toFixed(2)} %`;

/** A cell of a table: exact, with its digits grouped. */
export function exact(text: string | number | null | undefined): string {
  if (text == null) return NONE;
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(String(text));
  return match ? (match[1] ? '−' : '') + match[2]!.replace(/\B(?=(\d{3})+$)/g, ',') + (match[3] ?? '') : String(text);
}
/** Two numbers with as few decimals as tell them apart, at least two where there are that many; the whole ones are for a title. */
export function paired(one: string | null, other: string | null): [string, string] {
  const [a, b] = [Number(one), Number(other)];
  if (one === null || other === null || !Number.isFinite(a) || !Number.isFinite(b)) return [exact(one), exact(other)];
  let decimals = 2;
  while (decimals < 12 && a !== b && a.toFixed(decimals) === b.toFixed(decimals)) decimals++;
  const told = (text: string, n: number) => exact((text.split('.')[1]?.length ?? 0) > decimals && Math.abs(n) < 1e15 ? n.toFixed(decimals) : text);
  return [told(one, a), told(other, b)];
}
/** Times inside a sentence, in the reader's zone. */
export const retold = (text: string, zone: string): string =>
  text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (it) => moment(it, zone, 'second'));

export const signed = (n: number | null | undefined): string =>
  n == null || !Number.isFinite(n) ? NONE : n > 0 ? `+${some.format(n)}` : some.format(n).replace('-', '−');

export function millis(ms: number | null | undefined): string {
  if (ms == null || !Number.isFinite(ms)) return NONE;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${some.format(ms / 1000)} s`;
  return duration(ms / 1000);
}
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min${s % 60 ? ` ${s % 60} s` : ''}`;
  if (s < 172_800) return `${Math.floor(s / 3600)} h${Math.floor((s % 3600) / 60) ? ` ${Math.floor((s % 3600) / 60)} min` : ''}`;
  return `${Math.floor(s / 86_400)} days`;
}
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let value = n;
  while (value >= 1024 && at < 4) { value /= 1024; at++; }
  return `${value >= 100 || at === 0 ? whole.format(value) : value.toFixed(1)} ${units[at]}`;
}
const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: string, kind: 'time' | 'day' | 'full' | 'second'): Intl.DateTimeFormat {
  const id = zone + kind;
  let found = formats.get(id);
  if (!found) {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    const options: Intl.DateTimeFormatOptions =
      kind === 'time' ? clock : kind === 'day' ? day : kind === 'second' ? { ...day, ...clock, second: '2-digit' } : { ...day, ...clock };
    try {
      found = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, ...options });
    } catch {
      found = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', ...options });
    }
    formats.set(id, found);
  }
  return found;
}
export function moment(iso: string | null | undefined, zone: string, kind: 'time' | 'day' | 'full' | 'second' = 'full'): string {
  const at = iso == null ? NaN : Date.parse(iso);
  return Number.isNaN(at) ? NONE : format(zone, kind).format(at);
}
export function ago(iso: string | null | undefined, now: number): string {
  const at = iso == null ? NaN : Date.parse(iso);
  if (Number.isNaN(at)) return NONE;
  return at <= now ? `${duration((now - at) / 1000)} ago` : `in ${duration((at - now) / 1000)}`;
}
export const words = (code: string): string => code.replace(/_/g, ' ');

/** Text that a spreadsheet would take for a formula is given a quote. */
export function csv(rows: (string | number | null | undefined)[][]): string {
  const cell = (value: string | number | null | undefined): string => {
    let text = value == null ? '' : String(value);
    if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
