import { attackReference } from '../../model/tactics.js';
import type { RuleLint } from '../lint.js';
import { threatsOf } from './threat-places.js';
import { THREAT_ID_FORMS } from './threat-id-forms.js';

/** A reference to another page than the one of the id. */
export const threatReference: RuleLint = {
  scope: 'rule',
  code: 'EQL5208',
  *check({ rule }) {
    for (const { kind, entry, path } of threatsOf(rule).flatMap(({ entries }) => entries)) {
      const isAttack = THREAT_ID_FORMS[kind].test(entry.id) && !entry.id.startsWith('AML');
      const wanted = attackReference(entry.id);
      if (!isAttack || entry.reference === null || entry.reference === wanted) continue;
      yield {
        at: { path: [...path, 'reference'] },
        message: `This is not the page of ${entry.id}`,
        help: `Its page is ${wanted}`,
        fix: {
          title: `Use ${wanted}`,
          replacement: JSON.stringify(wanted),
          // Of another page nobody knows whether the id or the reference is meant.
          ...(isSamePage(entry.reference, wanted) ? { safe: true } : {}),
        },
      };
    }
  },
};

/** Whether an address leads to a page, but is written in another way. */
function isSamePage(reference: string, page: string): boolean {
  return (
    `${reference
      .trim()
      .replace(/^http:/iu, 'https:')
      .replace(/\/$/u, '')}/`.toLowerCase() === page.toLowerCase()
  );
}
