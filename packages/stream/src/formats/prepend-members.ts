const OPEN_BRACE = 0x7b;

/** Puts the text of members in front of those of an object's text. */
export function prependMembers(members: Buffer, object: Buffer): Buffer {
  const open = object.indexOf(OPEN_BRACE);
  if (members.length === 0 || open === -1) return object;
  const rest = object.subarray(open + 1);
  const isEmpty = /^\s*\}/u.test(rest.toString('latin1', 0, 64));
  return Buffer.concat([Buffer.from('{'), members, Buffer.from(isEmpty ? '' : ','), rest]);
}
