// Prints the table of docs/hazards.md: npx tsx test/lab/hazards/print.ts
import { hazardTable } from './markdown';
import { HAZARDS } from './table';

process.stdout.write(`${hazardTable(HAZARDS)}\n`);
