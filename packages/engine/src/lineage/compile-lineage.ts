import type { LineageNode } from '@eqlkit/language';
import { resolveField } from '../compile/resolve-field.js';
import type { CompileContext } from '../compile/compile-context.js';
import type { EventView } from '../event/event-view.js';
import type { FieldValue } from '../event/field-value.js';
import type { FieldSource } from '../predicate/field-source.js';
import type { LineagePlan, ProcessFields } from './lineage-plan.js';

/** Ids that are unique over time, in the order in which they are looked for. */
const PROCESS_NAMES = ['process.entity_id', 'unique_pid'];
const PARENT_NAMES = ['process.parent.entity_id', 'unique_ppid'];
const ANCESTOR_NAMES = ['process.Ext.ancestry'];

/** Compiles `child of […]` and its like; what has to be tracked for it is added to the context. */
export function compileLineage(node: LineageNode, context: CompileContext): (view: EventView) => boolean {
  // Trees grow with the events that come in, also where a pipe asks about the rows that it sees.
  const events: CompileContext = { ...context, fields: context.eventFields };
  const plan: LineagePlan = { query: context.compilers.eventQuery(node.query, events), fields: processFields(events) };
  context.lineage.push(plan);
  const asked = processFields(context);
  switch (node.relation) {
    case 'event':
      return (view) => view.lineage(plan)?.isSource(view, asked) ?? false;
    case 'child':
      return (view) => view.lineage(plan)?.isChild(view, asked) ?? false;
    case 'descendant':
      return (view) => view.lineage(plan)?.isDescendant(view, asked) ?? false;
  }
}

function processFields(context: CompileContext): ProcessFields {
  const [process, parent, ancestors] = [PROCESS_NAMES, PARENT_NAMES, ANCESTOR_NAMES].map((names) =>
    names.map((name) =>
      resolveField({ kind: 'field', optional: true, path: name.split('.'), span: { start: 0, end: 0 } }, context),
    ),
  );
  return {
    process: firstPresent(process),
    parent: firstPresent(parent),
    ancestors: firstPresent(ancestors),
    places: [process, parent, ancestors].flatMap((sources = []) => sources.map(({ place }) => place)),
  };
}

function firstPresent(sources: readonly FieldSource[] = []): (view: EventView) => FieldValue {
  return (view) => {
    for (const source of sources) {
      const value = source.read(view);
      if (value !== null) return value;
    }
    return null;
  };
}
