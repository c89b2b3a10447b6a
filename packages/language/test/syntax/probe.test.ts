import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
const qs = String.raw`process where a = 1
process where a == 'x'
process where a == "x
process where (a == 1
process where a == 1 /* note
process WHERE a == 1
process were a == 1
process where 1 < a < 3
process where a in ()
process where a in (1, 2,)
process where a not : "a"
process where a == “x”
process where a == 1 && b == 2
process where a == 1 || b == 2
process where arr[0] == 1
process where a.1 == 2
sequence with maxspan=0s [a where true] [b where true]
sequence with maxspan=5 [a where true] [b where true]
sequence with maxspan=1.5s [a where true] [b where true]
sequence with maxspan=5x [a where true] [b where true]
sequence with maxspan=5 s [a where true] [b where true]
sequence with maxspan=5s by x [a where true] [b where true]
sequence with maxspan=5s ! [a where true] [b where true]
process where a == "\q"
process where a == "\u{d800}"
process where a == "\u{110000}"
process where true | hed 5
process where true | count
process where true | sort a

process where a == 1)
process where a == 1 AND b == 2
process where not
process where
process
process where a ==
process where a.by == 1
process where a : b
process where a : 1
process where a like 1
process where a == ?"x"
process where a == """x
process where [
sequence [a where true] [b where true
sequence by x [a where true] [b where true] with maxspan=5s
sequence [a where true] with runs=0 [b where true]
sequence [a where true] with runs=1000 [b where true]
sequence [a where true] with rns=2 [b where true]
sequence with maxspn=5s [a where true] [b where true]
process where true | head
process where true | head -1
process where true | head 1, 2
process where nosuch(a)
process where lenght(a) == 1
process where a
process where length(a)
process where 5
process where startsWith(a, 1)
process where a in ("x", 1)
process where a in (b)
process where a == b
process where 1 == "x"
process where a + "x" == 1
process where length(a) : "x"
process where child of [process where true]
join [a where true] [b where true]
sequence [a where true] as e0 [b where true]
sequence [a where true] fork=true [b where true]
process where $x == 1
sequence by a [a where true] by x [b where true]
sequence by length(a) [a where true] [b where true]
sequence [a where true]
sequence [a where true] with runs=100 [b where true] with runs=100 [b where true] with runs=100
sequence by x ![a where true] [b where true]
sequence by x with maxspan=1s ![a where true] ![b where true]
sample by x [a where true] ![b where true]
sample by x [a where true] [b where true] with runs=2
sample by x [a where true] [b where true] | head 5
sample [a where true] [b where true]
startsWith~(a, "x")
process where length~(a) == 1
process where length(a, b) == 1
process where length() == 1
${'`'}process${'`'} where true
process where where == 1
process where cidrMatch(a, b)
process where concat(a) == 1
process where a regex "("
sequence [a where true] [b where true] until [c where true] [d where true]
process where a == 1 ;
process where a == 0x1F
sample by x [a where true] [b where true] until [c where true]
process where a == b and c
process where 1e999 == a
process where a / 0 == 1
process where not a in (1) and a not in (2)
process where a == ${'``'}
process where a == 1 b`.split('\n');
test('p', () => {
  const out = qs.map((q) => { const r = analyzeQuery(q); return JSON.stringify(q) + (r.diagnostics.map(d => `\n   ${d.code} «${q.slice(d.span.start, d.span.end)}» ${d.message} || ${d.help ?? ''} || fix ${d.fix?.replacement}`).join('') || '  OK'); });
  void DIALECTS;
  writeFileSync('/tmp/probe.txt', out.join('\n'));
});
