import type { Command } from 'commander';
import { parseFieldName } from './option-values.js';

/** Where the category and the time of events stand, and what orders events of one time. */
export interface EventFields {
  readonly categoryField: string;
  readonly timestampField: string;
  readonly tiebreakerField?: string;
}

/** Where the Elastic Common Schema has them. */
export const ECS_FIELDS: EventFields = { categoryField: 'event.category', timestampField: '@timestamp' };

/** Adds the options that name those fields, for commands that ask queries. */
export function addEventFieldOptions(command: Command): Command {
  return command
    .option('--category-field <field>', 'field with the event category', parseFieldName, ECS_FIELDS.categoryField)
    .option('--timestamp-field <field>', 'field with the time of an event', parseFieldName, ECS_FIELDS.timestampField)
    .option('--tiebreaker-field <field>', 'field that orders events of one timestamp', parseFieldName);
}

/** The fields alone, of options that hold more. */
export function eventFieldsOf({ categoryField, timestampField, tiebreakerField }: EventFields): EventFields {
  return { categoryField, timestampField, ...(tiebreakerField === undefined ? {} : { tiebreakerField }) };
}
