/** The way to the server: answers on demand, and one stream of events per tab that is closed while nobody looks. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Pulse } from './types';

const ROOT = '/api/v1';
const TOKEN = 'tandem-token';

export class Refused extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}
export const token = {
  read: (): string | null => sessionStorage.getItem(TOKEN),
  keep: (text: string): void => sessionStorage.setItem(TOKEN, text),
};
function headers(accept: string): Record<string, string> {
  const shown = token.read();
  return shown ? { Accept: accept, Authorization: `Bearer ${shown}` } : { Accept: accept };
}
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(ROOT + path, { headers: headers('application/json'), signal });
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Refused(0, 'Tandem does not answer; is it still running? Start it with ./tandem serve');
  }
  const body = (await response.json().catch(() => null)) as { data: unknown } | null;
  if (!response.ok) {
    const message = (body?.data as { message?: string } | undefined)?.message;
    throw new Refused(response.status, message ?? `The server answered ${response.status}`);
  }
  if (body === null) throw new Refused(response.status, 'The answer broke off');
  return body.data as T;
}

export interface Answer<T> { data: T | null; error: Refused | null; loading: boolean }

/** Asks once, and again whenever {@code revision} changes; keeps what it had while it asks. */
export function useAnswer<T>(path: string | null, revision: string): Answer<T> {
  const [state, set] = useState<{ path: string | null } & Answer<T>>({ path, data: null, error: null, loading: true });
  const last = useRef(0);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    const fresh = state.path !== path;
    if (fresh) set({ path, data: null, error: null, loading: true });
    const wait = fresh || state.data === null ? 0 : Math.max(0, last.current + 2000 - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      ask<T>(path, stop.signal).then(
        (data) => { if (!stop.signal.aborted) set({ path, data, error: null, loading: false }); },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const told = error instanceof Refused ? error : new Refused(0, String(error));
          set((before) => ({ path, data: before.path === path ? before.data : null, error: told, loading: false }));
        },
      );
    }, wait);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [path, revision]);
  return state.path === path ? state : { data: null, error: null, loading: true };
}

export type Link = 'connecting' | 'live' | 'paused' | 'trouble' | 'lost';
export interface Live { pulse: Pulse | null; link: Link; heard: number; message: string }

/** Listens to one pipeline. Uses fetch and not EventSource, which can show no token. */
export function useLive(pipeline: string | null, paused: boolean, login: number): Live {
  const [live, set] = useState<Live>({ pulse: null, link: 'connecting', heard: Date.now(), message: '' });
  const [hidden, hide] = useState(document.hidden);
  useEffect(() => {
    const seen = () => hide(document.hidden);
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
  useEffect(() => {
    if (pipeline === null || hidden) return;
    if (paused) {
      set((before) => ({ ...before, link: 'paused' }));
      return;
    }
    const stop = new AbortController();
    set((before) => ({ ...before, pulse: before.pulse?.pipeline === pipeline ? before.pulse : null, link: 'connecting' }));
    void listen(pipeline, stop.signal, set);
    return () => stop.abort();
  }, [pipeline, paused, hidden, login]);
  return live;
}

type Set = (change: (before: Live) => Live) => void;

async function listen(pipeline: string, signal: AbortSignal, set: Set): Promise<void> {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 10_000)) {
    try {
      const response = await fetch(`${ROOT}/events?pipeline=${encodeURIComponent(pipeline)}`, { headers: headers('text/event-stream'), signal });
      if (response.ok && response.body) {
        wait = 500;
        await read(response.body, set);
      }
    } catch { /* told below */ }
    if (signal.aborted) return;
    set((before) => ({ ...before, link: 'lost', message: 'Tandem does not answer; trying again' }));
    await new Promise((done) => setTimeout(done, wait));
  }
}
async function read(body: ReadableStream<Uint8Array>, set: Set): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    events.forEach((event) => hear(event, set));
  }
}
function hear(event: string, set: Set): void {
  const field = (name: string) => event.split('\n').filter((it) => it.startsWith(`${name}:`)).map((it) => it.slice(name.length + 1).trim()).join('\n');
  const text = field('data');
  if (!text) return;
  const data = (JSON.parse(text) as { data: unknown }).data;
  if (field('event') === 'pulse') {
    set(() => ({ pulse: data as Pulse | null, link: 'live', heard: Date.now(), message: '' }));
  } else {
    set((before) => ({ ...before, link: 'trouble', heard: Date.now(), message: (data as { message: string }).message }));
  }
}
