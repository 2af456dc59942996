import { testNotebooks } from './shard.ts';

testNotebooks(0, 2);
