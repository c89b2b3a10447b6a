import { quoteText } from '../../toml/quote-text.js';
import type { Finding, RuleLint } from '../lint.js';

const KEYS = ['creation_date', 'updated_date', 'deprecation_date'] as const;

/** A date of `[metadata]` that is missing, is none, or comes before the one it has to follow. */
export const ruleDates: RuleLint = {
  scope: 'rule',
  code: 'EQL5204',
  *check({ rule }) {
    if (rule.format !== 'detection-rules') return;
    const { creationDate, updatedDate, deprecationDate } = rule.metadata;
    for (const [key, date] of [
      ['creation_date', creationDate],
      ['updated_date', updatedDate],
    ] as const) {
      if (date !== null) continue;
      const at = { path: 'metadata' in rule.raw ? ['metadata', key] : ['rule'] };
      yield { at, message: `[metadata] has no ${key}`, help: `Write ${key} = "2026/01/31".` };
    }
    let latest: { readonly key: string; readonly date: string } | null = null;
    for (const [index, date] of [creationDate, updatedDate, deprecationDate].entries()) {
      const key = KEYS[index] ?? '';
      if (date === null) continue;
      if (!isDate(date)) {
        yield describeMalformed(key, date);
        continue;
      }
      if (latest !== null && date < latest.date) {
        yield {
          at: { path: ['metadata', key] },
          message: `The ${key} ${date} is before the ${latest.key} ${latest.date}`,
          help: 'A rule is created first, then updated, then deprecated.',
        };
      }
      latest = { key, date };
    }
  },
};

function describeMalformed(key: string, date: string): Finding {
  // Another order of signs, or a date of TOML's own.
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/u.exec(date) ?? [];
  const mended = year === undefined ? '' : `${year}/${month ?? ''}/${day ?? ''}`;
  return {
    at: { path: ['metadata', key] },
    message: `The ${key} ${quoteText(date)} is no date of the form YYYY/MM/DD`,
    help: isDate(mended) ? `Write ${key} = "${mended}".` : `Write ${key} = "2026/01/31".`,
    fix: isDate(mended) ? { title: `Use ${mended}`, replacement: JSON.stringify(mended), safe: true } : undefined,
  };
}

/** Whether a text is a day of the calendar, such as `2026/01/31`. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})\/(\d{2})\/(\d{2})$/u.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
