/** Where the reader is. The address holds all of it, so that a link shows the same page to another reader. */
import { useEffect, useState } from 'preact/hooks';

export const PAGES = ['overview', 'views', 'parity', 'records', 'runs', 'topics', 'schedules', 'system'] as const;
export type PageName = (typeof PAGES)[number];
export interface Place { pipeline: string | null; page: PageName; query: URLSearchParams }

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}
function read(): Place {
  const [path = '', query = ''] = location.hash.slice(1).split('?', 2);
  const [, pipeline = '', page = ''] = path.split('/');
  return {
    pipeline: pipeline ? decoded(pipeline) : null,
    page: (PAGES as readonly string[]).includes(page) ? (page as PageName) : 'overview',
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
export function href(pipeline: string | null, page: PageName, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${encodeURIComponent(pipeline ?? '')}/${page}${text ? `?${text}` : ''}`;
}
/** Changes a part of the query without a new entry in the history. */
export function refine(place: Place, change: Record<string, string>): void {
  const query = { ...Object.fromEntries(place.query), ...change };
  history.replaceState(null, '', href(place.pipeline, place.page, query));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
