import type { JoinKey } from '../sequence/join-key.js';
import type { EventMark } from '../sequence/sequence-observer.js';
import type { Value } from '../values/value.js';

/** Most join keys that are counted without being followed. */
const MAX_COUNTED_KEYS = 100_000;

/** Which join keys are followed. */
export interface FollowedKeys {
  /** Most of them. */
  readonly maxKeys: number;
  /** One that is followed in any case. */
  readonly wanted: readonly string[] | null;
  /** Only those are shown under which the event of this number, from 1, did something. */
  readonly only: number | null;
}

/** What happened under each join key that is followed. */
export class FollowedStories<Story extends { readonly key: JoinKey }> {
  private readonly stories = new Map<string, Story>();
  private readonly unfollowed = new Set<string>();
  /** Keys under which the one event that is explained did something. */
  private readonly keysOfOnly = new Set<string>();

  constructor(
    private readonly followed: FollowedKeys,
    private readonly begin: (key: JoinKey) => Story,
  ) {}

  /** The number of the one event that is explained, from 1; null if all are. */
  get only(): number | null {
    return this.followed.only;
  }

  /** Join keys that were not followed; counted up to 100,000. */
  get unfollowedKeys(): number {
    return this.unfollowed.size;
  }

  /** The story of a key, if it has begun. */
  find(key: JoinKey): Story | null {
    return this.stories.get(key.id) ?? null;
  }

  /** The story of a key, which begins with this; null if it is not followed. */
  of(key: JoinKey): Story | null {
    const known = this.find(key);
    if (known !== null) return known;
    const { maxKeys, wanted } = this.followed;
    if (this.stories.size >= maxKeys && (wanted === null || !hasKeyValues(key.values, wanted))) {
      if (this.unfollowed.size < MAX_COUNTED_KEYS) this.unfollowed.add(key.id);
      return null;
    }
    const story = this.begin(key);
    this.stories.set(key.id, story);
    return story;
  }

  /** Says that an event did something under a key. */
  touch(key: JoinKey, { arrival }: EventMark): void {
    if (this.followed.only !== null && arrival === this.followed.only - 1) this.keysOfOnly.add(key.id);
  }

  /** The stories to show: of one event those that it touched, or that are of interest for another reason. */
  shown(isOfInterest: (story: Story) => boolean): Story[] {
    const all = [...this.stories.values()];
    if (this.followed.only === null) return all;
    return all.filter((story) => this.keysOfOnly.has(story.key.id) || isOfInterest(story));
  }
}

/** Whether a key has these values, compared as text. */
export function hasKeyValues(key: readonly Value[], wanted: readonly string[]): boolean {
  return key.length === wanted.length && key.every((value, place) => String(value) === wanted[place]);
}
