import { restore } from './plot-ratio-before.ts';

restore();
