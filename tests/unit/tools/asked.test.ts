import { expect, test } from 'vitest';
import { slugProblem } from '../../../src/tools/asked.ts';

test('a slug without a paper is refused, with those that there are', () => {
  expect(slugProblem('npm run look', 'hopfeild', ['hopfield', 'noprop'])).toBe(
    'npm run look: found "hopfeild", expected one of hopfield, noprop; mend the slug, or make the paper with npm run new hopfeild.',
  );
  expect(slugProblem('npm run record', '--help', ['hopfield'])).toContain('npm run new <slug>.');
  expect(slugProblem('npm run look', 'hopfield', ['hopfield'])).toBeUndefined();
});
