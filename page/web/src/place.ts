/** Where the reader is. The address holds all of it, so that a link shows the same page to another reader. */
import { useEffect, useState } from 'preact/hooks';

export const PAGES = ['overview', 'views', 'parity', 'records', 'runs', 'topics', 'schedules', 'tables', 'system'] as const;
/** Pages that answer one question, and stand in no menu. */
const ANSWERS = ['why', 'trace'] as const;
export type PageName = (typeof PAGES)[number] | (typeof ANSWERS)[number];
export interface Place { pipeline: string | null; page: PageName; query: URLSearchParams }

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}
/** A link from a mail or a ticket is /why?pipeline=… or /trace?pipeline=…; it becomes the address that the page itself uses. */
function unfolded(): void {
  const name = location.pathname.slice(1);
  if (!(ANSWERS as readonly string[]).includes(name)) return;
  const query = new URLSearchParams(location.search);
  const pipeline = query.get('pipeline') ?? '';
  query.delete('pipeline');
  history.replaceState(null, '', `/#/${encodeURIComponent(pipeline)}/${name}${query.size ? `?${query}` : ''}`);
}
function read(): Place {
  unfolded();
  const [path = '', query = ''] = location.hash.slice(1).split('?', 2);
  const [, pipeline = '', page = ''] = path.split('/');
  return {
    pipeline: pipeline ? decoded(pipeline) : null,
    page: ([...PAGES, ...ANSWERS] as readonly string[]).includes(page) ? (page as PageName) : 'overview',
    query: new URLSearchParams(query),
  };
}
export function usePlace(): Place {
  const [place, set] = useState(read);
  useEffect(() => {
    const moved = () => set(read());
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return place;
}
/** Begins the name of a key column in a query; its value may be empty, which stands for null. */
const KEY = 'key.';

export interface RowPlace { view: string; start: string | null; key: Record<string, string> }

/** Where a row is explained. */
export function whyHref(pipeline: string | null, row: RowPlace): string {
  const key = Object.fromEntries(Object.entries(row.key).map(([name, value]) => [KEY + name, value]));
  return href(pipeline, 'why', { view: row.view, window: row.start ?? '', ...key });
}
/** Where a record is followed; {@code at} as in 0:4211 or 0-4211. */
export const traceHref = (pipeline: string | null, at: string): string => href(pipeline, 'trace', { at });

export function href(pipeline: string | null, page: PageName, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(Object.entries(query).filter(([name, value]) => value !== '' || name.startsWith(KEY))).toString();
  return `#/${encodeURIComponent(pipeline ?? '')}/${page}${text ? `?${text}` : ''}`;
}
/** Changes a part of the query without a new entry in the history. */
export function refine(place: Place, change: Record<string, string>): void {
  const query = { ...Object.fromEntries(place.query), ...change };
  history.replaceState(null, '', href(place.pipeline, place.page, query));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
