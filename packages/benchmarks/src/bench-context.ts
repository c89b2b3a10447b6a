import type { Pack } from './inputs/rule-packs.js';

/** A build of eqlkit that is measured. */
export interface Build {
  /** `this` or the name of the base revision. */
  readonly name: string;
  /** The root of its workspace, built. */
  readonly root: string;
}

/** An event file that is measured. */
export interface EventFile {
  readonly name: string;
  readonly path: string;
}

/** What every target is measured with. */
export interface BenchContext {
  /** The workspace as it stands first; then, if asked for, the base revision. */
  readonly builds: readonly [Build, ...Build[]];
  readonly rounds: number;
  /** Small loads, which prove that counts agree, and say nothing about speed. */
  readonly quick: boolean;
  /** For what targets write; removed in the end. */
  readonly folder: string;
  /** Rule packs, the smaller first. */
  readonly packs: readonly [Pack, ...Pack[]];
  /** The generated stream first. */
  readonly events: readonly [EventFile, ...EventFile[]];
  /** Tells what is being done. */
  progress(text: string): void;
}
