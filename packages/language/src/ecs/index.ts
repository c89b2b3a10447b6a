/**
 * The Elastic Common Schema: names, types, values and descriptions of fields. An export of its own, since it is large.
 *
 * @packageDocumentation
 */
export { ecsFields, ecsSchema, type EcsField } from './ecs-fields.js';
export { ECS_VERSION } from './ecs-table.generated.js';
