/** How events stand in a source. */
export const EVENT_FORMATS = ['ndjson', 'json', 'csv', 'bulk'] as const;

/**
 * - `ndjson`: one JSON object per line; an Elasticsearch hit counts as the document in its `_source`
 * - `json`: JSON lists, objects over several lines, and the responses of Elasticsearch's search and EQL search
 * - `csv`: a header with the names of fields, then one event per record; separated by commas, semicolons or tabs
 * - `bulk`: the body of Elasticsearch's `_bulk`, an action line before each document
 */
export type EventFormat = (typeof EVENT_FORMATS)[number];
