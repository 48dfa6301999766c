import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findServer, isServer, type Surroundings } from './server';

const BUNDLE = '/extension/bundled/mlq_lsp.py';

/** A trusted folder /project on a machine that has just these files. */
function machine(files: readonly string[], changes: Partial<Surroundings> = {}): Surroundings {
	return {
		setting: '',
		isTrusted: true,
		folders: ['/project'],
		searchPath: ['/usr/bin'],
		bundle: BUNDLE,
		home: '/home/ada',
		isWindows: false,
		exists: (file) => files.includes(file),
		...changes,
	};
}

const EVERYWHERE = [
	'/opt/mlq-lsp',
	'/conda/bin/python',
	'/conda/bin/mlq-lsp',
	'/project/.venv/bin/python',
	'/project/.venv/bin/mlq-lsp',
	'/usr/bin/mlq-lsp',
	'/usr/bin/python3',
	BUNDLE,
];

function commandOf(where: Surroundings): string {
	const found = findServer(where);
	assert.ok(isServer(found), `nothing found: ${JSON.stringify(found)}`);
	return [found.command, ...found.args].join(' ');
}

test('the setting comes first', () => {
	const setting = '/opt/mlq-lsp';
	assert.equal(commandOf(machine(EVERYWHERE, { setting, interpreter: '/conda/bin/python' })), '/opt/mlq-lsp');
});

test('the setting may start at the home or the workspace folder', () => {
	assert.equal(commandOf(machine(['/home/ada/bin/mlq-lsp'], { setting: '~/bin/mlq-lsp' })), '/home/ada/bin/mlq-lsp');
	const setting = '${workspaceFolder}/env/bin/mlq-lsp';
	assert.equal(commandOf(machine(['/project/env/bin/mlq-lsp'], { setting })), '/project/env/bin/mlq-lsp');
});

test('a wrong setting is said, not replaced by another server', () => {
	const found = findServer(machine(EVERYWHERE, { setting: '/opt/gone' }));
	assert.ok(!isServer(found));
	assert.match(found.message, /no language server at \/opt\/gone/);
});

test('then the interpreter that is selected, then the one of the folder', () => {
	assert.equal(commandOf(machine(EVERYWHERE, { interpreter: '/conda/bin/python' })), '/conda/bin/mlq-lsp');
	assert.equal(commandOf(machine(EVERYWHERE)), '/project/.venv/bin/mlq-lsp');
});

test('a selected interpreter without mlq leaves the turn to the folder\'s', () => {
	assert.equal(commandOf(machine(EVERYWHERE, { interpreter: '/other/bin/python' })), '/project/.venv/bin/mlq-lsp');
});

test('nothing of an untrusted workspace runs', () => {
	const where = { isTrusted: false, interpreter: '/project/.venv/bin/python' };
	assert.equal(commandOf(machine(EVERYWHERE, where)), '/usr/bin/mlq-lsp');
	const withoutServer = EVERYWHERE.filter((file) => file !== '/usr/bin/mlq-lsp');
	assert.equal(commandOf(machine(withoutServer, where)), `/usr/bin/python3 -I ${BUNDLE}`);
});

test('then PATH, but never an entry that is relative to the workspace', () => {
	assert.equal(commandOf(machine(['/usr/bin/mlq-lsp'])), '/usr/bin/mlq-lsp');
	assert.ok(!isServer(findServer(machine(['bin/mlq-lsp', 'mlq-lsp'], { searchPath: ['bin', '.', ''] }))));
});

test('then the bundle, run by the project\'s interpreter or by Python on PATH', () => {
	assert.equal(
		commandOf(machine(['/project/venv/bin/python', '/usr/bin/python3', BUNDLE])),
		`/project/venv/bin/python -I ${BUNDLE}`,
	);
	assert.equal(commandOf(machine(['/usr/bin/python', BUNDLE])), `/usr/bin/python -I ${BUNDLE}`);
});

test('nothing at all says what was looked at and what to do', () => {
	const found = findServer(machine(['/project/.venv/bin/python']));
	assert.ok(!isServer(found));
	assert.match(found.message, /pip install mlq-lsp/);
	assert.deepEqual(found.looked, [
		'/project/.venv/bin/python: mlq-lsp is not installed with it',
		'PATH: there is no mlq-lsp on it',
		'the bundled server: this build of the extension has none',
	]);
});
