import { testNotebooks } from './shard.ts';

testNotebooks(1, 2);
