import { formatTimestamp, type JsonObject, type ResultStatistics } from '@eqlkit/engine';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { displayWidth, truncateToWidth } from '../output/display-width.js';
import { showValue } from '../output/show-value.js';
import { printableText } from '@eqlkit/stream';

/** Parts of a block, from an eighth to the whole, so that a bar grows by eighths of a column. */
const BLOCKS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const WHOLE_BLOCK = '█';
const WIDEST_BAR = 60;
const WIDEST_VALUE = 60;

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** Draws statistics for a terminal: a line for each stretch of time, then the most frequent values of each field. */
export function renderStatistics(statistics: ResultStatistics, width: number): string {
  const { histogram, extent, fields } = statistics;
  const times = histogram.buckets.map(({ startMs, count }) => ({
    label: showBucket(startMs, histogram.bucketMs),
    count,
  }));
  const sections = [
    ...(times.length === 0
      ? []
      : [
          `${outColors.bold('time')} (${countOf(statistics.results, 'result')}, ${showWidth(histogram.bucketMs)} each)`,
          ...(extent === null
            ? []
            : [outColors.dim(`  from ${formatTimestamp(extent.first)} to ${formatTimestamp(extent.last)}`)]),
          bars(times, width),
        ]),
    ...fields
      .filter(({ top }) => top.length > 0)
      .flatMap(({ field, top, distinct, exact }) => [
        `${outColors.bold(printableText(field))} (${exact ? '' : 'more than '}${countOf(distinct, 'value')})`,
        bars(
          top.map(({ value, count }) => ({ label: showValue(value), count })),
          width,
        ),
      ]),
  ];
  return sections.length === 0 ? '' : `${sections.join('\n')}\n`;
}

/** Statistics as data. */
export function statisticsToJson({ results, histogram, extent, fields }: ResultStatistics): JsonObject {
  return {
    results,
    first: extent === null ? null : formatTimestamp(extent.first),
    last: extent === null ? null : formatTimestamp(extent.last),
    histogram: {
      bucket_ms: histogram.bucketMs,
      buckets: histogram.buckets.map(({ startMs, count }) => ({
        start: formatTimestamp({ ms: startMs, ns: 0 }),
        count,
      })),
    },
    fields: fields.map(({ field, top, distinct, exact }) => ({
      field,
      distinct,
      exact,
      top: top.map(({ value, count }) => ({ value, count })),
    })),
  };
}

function bars(lines: readonly { readonly label: string; readonly count: number }[], width: number): string {
  const most = Math.max(1, ...lines.map(({ count }) => count));
  const countWidth = most.toLocaleString('en-US').length;
  const labelLimit = Math.max(8, Math.min(WIDEST_VALUE, Math.floor(width / 2)));
  const labels = lines.map(({ label }) => truncateToWidth(label, labelLimit));
  const labelWidth = Math.max(...labels.map(displayWidth));
  const barWidth = Math.max(1, Math.min(WIDEST_BAR, width - labelWidth - countWidth - 6));
  return lines
    .map(({ count }, place) => {
      const label = labels[place] ?? '';
      const padding = ' '.repeat(labelWidth - displayWidth(label));
      const number = count.toLocaleString('en-US').padStart(countWidth);
      return `  ${label}${padding}  ${number} ${outColors.cyan(bar(count / most, barWidth))}`.trimEnd();
    })
    .join('\n');
}

function bar(share: number, width: number): string {
  const eighths = Math.round(share * width * 8);
  // What is there at all shows.
  const visible = share > 0 ? Math.max(1, eighths) : 0;
  return WHOLE_BLOCK.repeat(Math.floor(visible / 8)) + (BLOCKS[visible % 8] ?? '');
}

/** The start of a bucket, as precisely as its width asks for. */
function showBucket(startMs: number, bucketMs: number): string {
  const text = formatTimestamp({ ms: startMs, ns: 0 }).replace('T', ' ');
  if (bucketMs >= 86_400_000) return text.slice(0, -14);
  if (bucketMs >= 60_000) return text.slice(0, -8);
  return bucketMs >= 1_000 ? text.slice(0, -5) : text.slice(0, -1);
}

function showWidth(bucketMs: number): string {
  const [unit, unitMs] = UNITS.find(([, size]) => bucketMs % size === 0) ?? ['ms', 1];
  return `${(bucketMs / unitMs).toLocaleString('en-US')} ${unit}`;
}
