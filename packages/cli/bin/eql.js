#!/usr/bin/env node
import process from 'node:process';
import { VERSION } from '../dist/version.js';

// Scripts ask for the version; it needs nothing of what the commands load.
const [, , only, ...others] = process.argv;
if (others.length === 0 && (only === '--version' || only === '-V')) process.stdout.write(`${VERSION}\n`);
else await import('../dist/main.js');
