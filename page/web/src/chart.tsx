/** The charts. Stream is a blue solid line with dots, batch an amber dashed one with hollow squares on a pale band: everywhere. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'preact/hooks';
import { count, decimal, signed } from './format';

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export type Option = EChartsCoreOption;
export type Paints = (name: string) => string;

function paints(): Paints {
  const probe = document.createElement('span');
  document.body.append(probe);
  const known = new Map<string, string>();
  for (const name of ['stream', 'batch', 'batch-band', 'ink', 'muted', 'grid', 'panel', 'counted', 'link-bar', 'late']) {
    probe.style.color = `var(--${name})`;
    known.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => known.get(name) ?? 'gray';
}
/** Counts the changes between light and dark, by the system or by hand. */
export function useTheme(): number {
  const [turn, set] = useState(0);
  useEffect(() => {
    const changed = () => set((it) => it + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', changed);
    addEventListener('tandem-theme', changed);
    return () => { system.removeEventListener('change', changed); removeEventListener('tandem-theme', changed); };
  }, []);
  return turn;
}
export function Chart({ label, height, option }: { label: string; height: number; option: (paint: Paints, narrow: boolean) => Option }) {
  const at = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);
  const theme = useTheme();
  useEffect(() => {
    const made = init(at.current!, undefined, { renderer: 'canvas' });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(at.current!);
    return () => { watch.disconnect(); made.dispose(); chart.current = null; };
  }, []);
  useEffect(() => {
    const narrow = (at.current?.clientWidth ?? 1000) < 520;
    const paint = paints();
    const base: Option = {
      animation: false,
      textStyle: { fontFamily: 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif', color: paint('muted'), fontSize: 12 },
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: paint('panel'), borderColor: paint('grid'), borderWidth: 1, padding: [8, 10], textStyle: { color: paint('ink'), fontSize: 12 }, axisPointer: { type: 'line', lineStyle: { color: paint('muted'), type: 'solid', opacity: 0.5 } } },
    };
    chart.current?.setOption({ ...base, ...option(paint, narrow) }, { notMerge: true });
  }, [option, theme, label]);
  return <div class="chart" ref={at} role="img" aria-label={label} style={{ height: `${height}px` }} />;
}

export interface Point { label: string; stream: number | null; batch: number | null; low?: number | null; high?: number | null; extra?: number | null }

const axis = (paint: Paints, labels: string[], show: boolean, at: number) => ({
  type: 'category', gridIndex: at, data: labels, boundaryGap: true,
  axisLine: { lineStyle: { color: paint('link-bar') } }, axisTick: { show: false },
  axisLabel: { show, color: paint('muted'), hideOverlap: true, margin: 10 },
});
const values = (paint: Paints, at: number, more: object = {}) => ({
  type: 'value', gridIndex: at, scale: true, splitNumber: 4, axisLabel: { color: paint('muted'), formatter: (it: number) => short(it) },
  splitLine: { lineStyle: { color: paint('grid') } }, ...more,
});
/** From 0, or from somewhat below the lowest value where all lie far above it; then the axis says so. */
function upper(paint: Paints, all: (number | null | undefined)[], at: number) {
  const known = all.filter((it): it is number => it != null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (known.length === 0 || least <= 0 || least <= 0.6 * most) return values(paint, at, { min: (it: { min: number }) => Math.min(0, it.min) });
  const low = least - Math.max((most - least) * 0.15, most * 0.1);
  const unit = 10 ** Math.floor(Math.log10(most - low));
  const from = Math.floor(low / unit) * unit;
  return values(paint, at, { min: from, ...(from > 0 ? { name: `this axis begins at ${short(from)}, not at 0`, nameLocation: 'end', nameGap: 8, nameTextStyle: { color: paint('muted'), align: 'left', padding: [0, 0, 0, -40] } } : {}) });
}
export const short = (n: number): string => {
  const size = Math.abs(n);
  return size >= 1e6 ? `${decimal(n / 1e6)} M` : size >= 1e5 ? `${decimal(n / 1e3)} k` : decimal(n).replace('-', '−');
};
function two(paint: Paints, points: Point[]): object[] {
  const few = points.length <= 40;
  const batch = points.map((it) => it.batch);
  return [
    { type: 'line', name: 'band', data: batch, silent: true, symbol: 'none', lineStyle: { color: paint('batch-band'), width: few ? 12 : 8, cap: 'round', join: 'round' }, z: 1 },
    { type: 'line', name: 'batch', data: batch, symbol: 'rect', symbolSize: 10, showSymbol: few, itemStyle: { color: paint('panel'), borderColor: paint('batch'), borderWidth: 1.6 }, lineStyle: { color: paint('batch'), width: 1.5, type: 'dashed' }, z: 2 },
    { type: 'line', name: 'stream', data: points.map((it) => it.stream), symbol: 'circle', symbolSize: 6, showSymbol: few, itemStyle: { color: paint('stream') }, lineStyle: { color: paint('stream'), width: 2 }, z: 3 },
  ];
}
const told = (points: Point[], more: (it: Point) => string[]) => ({
  formatter: (hits: { dataIndex: number }[]) => {
    const it = points[hits[0]?.dataIndex ?? 0];
    if (!it) return '';
    return [it.label, `● stream  ${decimal(it.stream)}`, `□ batch   ${decimal(it.batch)}`, ...more(it)].join('\n');
  },
});
const apart = (it: Point) => (it.stream === null || it.batch === null ? null : it.batch - it.stream);

/** Both modes on one axis, and below on the same axis what the stream has more or less. */
export function overlay(points: Point[], delta: string) {
  return (paint: Paints, narrow: boolean): Option => {
    const left = narrow ? 52 : 64;
    const labels = points.map((it) => it.label);
    const tip = told(points, (it) => [`${delta}  ${signed(apart(it))}`]);
    return {
      tooltip: { ...tooltip(paint), ...tip },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [{ left, right: 14, top: 26, height: 176 }, { left, right: 14, top: 250, height: 78 }],
      xAxis: [axis(paint, labels, false, 0), axis(paint, labels, true, 1)],
      yAxis: [upper(paint, points.flatMap((it) => [it.stream, it.batch]), 0), values(paint, 1, { scale: false, splitNumber: 2, minInterval: 1 })],
      series: [
        ...two(paint, points),
        { type: 'bar', name: delta, xAxisIndex: 1, yAxisIndex: 1, data: points.map(apart), barMaxWidth: 26, itemStyle: { color: paint('counted') } },
      ],
    };
  };
}
/** A price: its value in both modes within the band from lowest to highest, and below what was traded, if anything is. */
export function band(points: Point[], extra: string | null) {
  return (paint: Paints, narrow: boolean): Option => {
    const left = narrow ? 52 : 64;
    const labels = points.map((it) => it.label);
    return {
      tooltip: { ...tooltip(paint), ...told(points, (it) => [`low – high  ${decimal(it.low)} – ${decimal(it.high)}`, ...(extra ? [`${extra}  ${decimal(it.extra)}`] : [])]) },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [{ left, right: 14, top: 26, height: extra ? 188 : 288 }, ...(extra ? [{ left, right: 14, top: 252, height: 76 }] : [])],
      xAxis: [axis(paint, labels, !extra, 0), ...(extra ? [axis(paint, labels, true, 1)] : [])],
      yAxis: [upper(paint, points.flatMap((it) => [it.low, it.high, it.stream, it.batch]), 0), ...(extra ? [values(paint, 1, { scale: false, splitNumber: 2 })] : [])],
      series: [
        { type: 'line', name: 'low', data: points.map((it) => it.low), stack: 'range', stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, z: 0 },
        { type: 'line', name: 'high', data: points.map((it) => (it.high == null || it.low == null ? null : it.high - it.low)), stack: 'range', stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, areaStyle: { color: paint('link-bar'), opacity: 0.35 }, z: 0 },
        ...two(paint, points),
        ...(extra ? [{ type: 'bar' as const, name: extra, xAxisIndex: 1, yAxisIndex: 1, data: points.map((it) => it.extra), barMaxWidth: 14, itemStyle: { color: paint('counted') } }] : []),
      ],
    };
  };
}
const tooltip = (paint: Paints) => ({
  trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: paint('panel'), borderColor: paint('grid'), borderWidth: 1, padding: [8, 10],
  textStyle: { color: paint('ink'), fontSize: 12, lineHeight: 18 }, axisPointer: { type: 'line', lineStyle: { color: paint('muted'), type: 'solid', opacity: 0.5 } },
});
const pair = (paint: Paints, points: Point[]) => [
  { type: 'bar', name: 'stream', data: points.map((it) => it.stream), barMaxWidth: 14, barGap: '20%', itemStyle: { color: paint('stream') } },
  { type: 'bar', name: 'batch', data: points.map((it) => it.batch), barMaxWidth: 14, itemStyle: { color: paint('batch-band'), borderColor: paint('batch'), borderWidth: 1.4 } },
];
/** The largest first, a pair of bars for each key. */
export function ranked(points: Point[]) {
  return (paint: Paints, narrow: boolean): Option => ({
    tooltip: { ...tooltip(paint), ...told(points, (it) => [`batch − stream  ${signed(apart(it))}`]), axisPointer: { type: 'shadow', shadowStyle: { color: paint('grid'), opacity: 0.4 } } },
    grid: { left: narrow ? 96 : 150, right: 20, top: 6, bottom: 28 },
    xAxis: { type: 'value', splitNumber: 4, axisLabel: { color: paint('muted'), formatter: (it: number) => short(it) }, splitLine: { lineStyle: { color: paint('grid') } } },
    yAxis: { type: 'category', inverse: true, data: points.map((it) => it.label), axisTick: { show: false }, axisLine: { lineStyle: { color: paint('link-bar') } }, axisLabel: { color: paint('ink'), width: narrow ? 84 : 136, overflow: 'truncate' } },
    series: pair(paint, points),
  });
}
/** Two sides of one thing: the one upwards, the other downwards. Of one mode, so not in the colours of the modes. */
export function mirrored(points: { label: string; up: number | null; down: number | null }[], [up, down]: [string, string]) {
  return (paint: Paints, narrow: boolean): Option => ({
    tooltip: { ...tooltip(paint), formatter: (hits: { dataIndex: number }[]) => { const it = points[hits[0]?.dataIndex ?? 0]; return it ? `${it.label}\n${up}  ${count(it.up)}\n${down}  ${count(it.down)}` : ''; } },
    grid: { left: narrow ? 52 : 64, right: 14, top: 14, bottom: 34 },
    xAxis: { ...axis(paint, points.map((it) => it.label), true, 0), axisLine: { onZero: false, lineStyle: { color: paint('link-bar') } } },
    yAxis: values(paint, 0, { scale: false, axisLabel: { color: paint('muted'), formatter: (it: number) => short(Math.abs(it)) } }),
    series: [
      { type: 'bar', name: up, stack: 'sides', data: points.map((it) => it.up), barMaxWidth: 14, itemStyle: { color: paint('counted') } },
      { type: 'bar', name: down, stack: 'sides', data: points.map((it) => (it.down === null ? null : -it.down)), barMaxWidth: 14, itemStyle: { color: paint('link-bar') } },
    ],
  });
}
/** Groups that have an order of their own, such as hours or lengths. */
export function categories(points: Point[]) {
  return (paint: Paints, narrow: boolean): Option => ({
    tooltip: { ...tooltip(paint), ...told(points, (it) => [`batch − stream  ${signed(apart(it))}`]), axisPointer: { type: 'shadow', shadowStyle: { color: paint('grid'), opacity: 0.4 } } },
    grid: { left: narrow ? 52 : 64, right: 14, top: 14, bottom: 34 },
    xAxis: axis(paint, points.map((it) => it.label), true, 0),
    yAxis: values(paint, 0, { scale: false }),
    series: pair(paint, points),
  });
}
/** What a stream's windows still lack after their end: of all of them, and of the worst. */
export function curve(points: { label: string; all: number | null; worst: number | null }[]) {
  return (paint: Paints, narrow: boolean): Option => ({
    tooltip: { ...tooltip(paint), formatter: (hits: { dataIndex: number }[]) => { const it = points[hits[0]?.dataIndex ?? 0]; return it ? `${it.label} after the end\nmissing  ${decimal(it.all)} %\nin the worst window  ${decimal(it.worst)} %` : ''; } },
    grid: { left: narrow ? 52 : 64, right: 14, top: 14, bottom: 34 },
    xAxis: axis(paint, points.map((it) => it.label), true, 0),
    yAxis: values(paint, 0, { scale: false, axisLabel: { color: paint('muted'), formatter: (it: number) => `${short(it)} %` } }),
    series: [
      { type: 'line', name: 'the worst', data: points.map((it) => it.worst), symbol: 'none', lineStyle: { color: paint('counted'), width: 1.4, type: 'dashed' } },
      { type: 'line', name: 'all windows', data: points.map((it) => it.all), symbol: 'circle', symbolSize: 6, itemStyle: { color: paint('stream') }, lineStyle: { color: paint('stream'), width: 2 } },
    ],
  });
}
/** How many records each micro-batch took, and how long they waited for it. */
export function pace(points: { label: string; records: number; latency: number | null }[]) {
  return (paint: Paints, narrow: boolean): Option => {
    const left = narrow ? 52 : 64;
    const labels = points.map((it) => it.label);
    return {
      tooltip: { ...tooltip(paint), formatter: (hits: { dataIndex: number }[]) => { const it = points[hits[0]?.dataIndex ?? 0]; return it ? `${it.label}\nlatency  ${count(it.latency)} ms\nrecords  ${count(it.records)}` : ''; } },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [{ left, right: 14, top: 14, height: 130 }, { left, right: 14, top: 172, height: 66 }],
      xAxis: [axis(paint, labels, false, 0), axis(paint, labels, true, 1)],
      yAxis: [values(paint, 0, { scale: false, splitNumber: 3 }), values(paint, 1, { scale: false, splitNumber: 2 })],
      series: [
        { type: 'line', name: 'latency', data: points.map((it) => it.latency), symbol: 'none', lineStyle: { color: paint('stream'), width: 1.6 }, areaStyle: { color: paint('stream'), opacity: 0.08 } },
        { type: 'bar', name: 'records', xAxisIndex: 1, yAxisIndex: 1, data: points.map((it) => it.records), barMaxWidth: 10, itemStyle: { color: paint('counted') } },
      ],
    };
  };
}
export const Legend = ({ also }: { also?: string }) => (
  <p class="legend"><span class="key stream" aria-hidden="true" />stream<span class="key batch" aria-hidden="true" />batch{also ? <span class="also">{also}</span> : null}</p>
);
