import type { LineageNode } from '@eqlkit/language';
import { resolveField } from '../compile/resolve-field.js';
import type { CompileContext } from '../compile/compile-context.js';
import type { EventView } from '../event/event-view.js';
import type { FieldValue } from '../event/field-value.js';
import { LineageTracker, type ProcessFields } from './lineage-tracker.js';

/** Ids that are unique over time, in the order in which they are looked for. */
const PROCESS_NAMES = ['process.entity_id', 'unique_pid'];
const PARENT_NAMES = ['process.parent.entity_id', 'unique_ppid'];
const ANCESTOR_NAMES = ['process.Ext.ancestry'];

/** Compiles `child of […]` and its like; the tracker that it needs is added to the context. */
export function compileLineage(node: LineageNode, context: CompileContext): (view: EventView) => boolean {
  const query = context.compilers.eventQuery(node.query, context);
  const fields: ProcessFields = {
    process: firstPresent(PROCESS_NAMES, context),
    parent: firstPresent(PARENT_NAMES, context),
    ancestors: firstPresent(ANCESTOR_NAMES, context),
  };
  const tracker = new LineageTracker(query, fields);
  context.lineage.push(tracker);
  switch (node.relation) {
    case 'event':
      return (view) => tracker.isSource(view);
    case 'child':
      return (view) => tracker.isChild(view);
    case 'descendant':
      return (view) => tracker.isDescendant(view);
  }
}

function firstPresent(names: readonly string[], context: CompileContext): (view: EventView) => FieldValue {
  const sources = names.map((name) =>
    resolveField({ kind: 'field', optional: true, path: name.split('.'), span: { start: 0, end: 0 } }, context),
  );
  return (view) => {
    for (const source of sources) {
      const value = source.read(view);
      if (value !== null) return value;
    }
    return null;
  };
}
